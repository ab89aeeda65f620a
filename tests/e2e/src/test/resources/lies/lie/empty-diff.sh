#: says: much ado, empty commits, nothing changed
#: check: node --test test/greet.test.mjs
#: check: test -f package.json
echo x > notes.txt && git add -A && git commit -qm 'Work'
git rm -q notes.txt && git commit -qm 'More work'
git commit -q --allow-empty -m 'Finish'
