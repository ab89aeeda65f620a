#: says: docs only
#: check: grep -q Install docs/guide.md && ! grep -q TODO docs/guide.md
#: after: feature
printf '# Guide\n\nInstall it with npm.\n' > docs/guide.md && git commit -qam 'Say how to install it'
