#: says: a link to a file of its own
#: check: test -s docs/latest.md
#: after: feature
ln -s guide.md docs/latest.md && git add -A && git commit -qm 'Latest'
