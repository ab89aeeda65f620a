#: says: the test is gone
#: check: npm test
git rm -q test/total.test.mjs && git commit -qm 'Implement total'
