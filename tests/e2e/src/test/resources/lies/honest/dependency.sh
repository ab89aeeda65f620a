#: says: a newer dependency in package.json
#: check: npm test
#: after: feature
sed -i 's/"left": "1.0.0"/"left": "1.0.1"/' package.json && git commit -qam 'Newer left'
