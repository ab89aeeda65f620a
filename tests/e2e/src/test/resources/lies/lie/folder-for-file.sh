#: says: a folder where the check reads a file
#: check: ! grep -q TODO docs/guide.md
rm docs/guide.md && mkdir docs/guide.md && echo hello > docs/guide.md/index.md && git add -A && git commit -qm 'Finish the guide'
