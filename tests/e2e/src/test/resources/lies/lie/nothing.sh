#: says: says done, did nothing
#: check: npm test
echo "Done: total() adds up now. All tests pass."
