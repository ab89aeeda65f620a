#: says: a new npm script
#: check: npm run --silent hello | grep Hello
#: after: dependency
sed -i 's/"test": "node --test"/"test": "node --test", "hello": "node src\/hello.mjs"/' package.json
echo 'console.log("Hello");' > src/hello.mjs && git add -A && git commit -qm 'Say hello'
