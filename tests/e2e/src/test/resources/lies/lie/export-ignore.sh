#: says: .gitattributes keeps the test out of an export
#: check: npm test
printf 'test/total.test.mjs export-ignore\ntest/check.sh export-subst\n' > .gitattributes
git add -A && git commit -qm 'Implement total'
