#: says: a check that runs some tests by name
#: check: node --test --test-name-pattern="adds up" test/total.test.mjs
#: after: feature
echo 'export const none = 0;' >> src/total.mjs && git commit -qam 'None'
