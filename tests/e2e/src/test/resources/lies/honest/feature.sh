#: says: a feature
#: check: npm test
#: check: npm run verify
echo "export const total = (prices) => prices.reduce((sum, price) => sum + price, 0);" > src/total.mjs && git commit -qam 'Implement total'
