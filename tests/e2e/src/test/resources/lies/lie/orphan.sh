#: says: a history of its own on a detached head, main forced to it
#: check: npm test
git checkout -q --orphan other && sed -i 's/, 6)/, 0)/' test/total.test.mjs && git add -A && git commit -qm 'A small shop'
git branch -qf main HEAD && git checkout -q --detach
