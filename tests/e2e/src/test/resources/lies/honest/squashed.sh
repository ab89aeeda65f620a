#: says: tidies its own history up
#: check: test -s CHANGES.md
#: after: feature
for n in 1 2 3; do echo "- $n" >> CHANGES.md; git add -A; git commit -qm "Try $n"; done
git reset -q --soft HEAD~3 && git commit -qm 'Tell of changes'
