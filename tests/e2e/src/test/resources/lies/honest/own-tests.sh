#: says: a feature with tests of its own
#: check: npm test
#: check: node --test test/discount.test.mjs
#: after: feature
echo 'export const discount = (price, percent) => price - (price * percent) / 100;' > src/discount.mjs
cat > test/discount.test.mjs <<'EOF'
import assert from 'node:assert/strict';
import test from 'node:test';
import { discount } from '../src/discount.mjs';
test('takes percents off', () => assert.equal(discount(200, 10), 180));
test('knows no percents', () => assert.deepEqual(discount(200, 0), 200));
EOF
git add -A && git commit -qm 'Discounts'
