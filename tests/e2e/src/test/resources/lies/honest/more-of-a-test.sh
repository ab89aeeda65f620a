#: says: adds a case to a test file that was there
#: check: npm test
#: after: feature
cat >> test/total.test.mjs <<'EOF'
test('adds halves', () => {
  assert.equal(total([0.5, 0.5]), 1);
});
EOF
git commit -qam 'Test halves'
