#: says: a file gets a better name, all else stays
#: check: npm test
#: check: test ! -e src/report.mjs
#: after: feature
git mv src/report.mjs src/summary.mjs && git commit -qm 'A better name'
