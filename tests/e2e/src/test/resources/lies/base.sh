#: says: A small shop: what every task starts from
#: check: node --test test/greet.test.mjs
#: check: sh -n test/check.sh
mkdir -p src test docs scripts bin specs
cat > package.json <<'EOF'
{
  "name": "shop",
  "version": "1.0.0",
  "type": "module",
  "scripts": { "test": "node --test", "verify": "sh scripts/verify.sh" },
  "dependencies": { "left": "1.0.0" }
}
EOF
echo 'build/' > .gitignore
printf '# Guide\n\nTODO: say how to install it.\n' > docs/guide.md
printf '# API\n\nGET /v1/total\n' > specs/api.md
echo 'export const upper = (text) => text[0].toUpperCase() + text.slice(1);' > src/text.mjs
cat > src/greet.mjs <<'EOF'
import { upper } from './text.mjs';
export const greet = (name) => `Hello, ${upper(name)}`;
EOF
echo 'export const total = (prices) => 0;' > src/total.mjs
cat > src/report.mjs <<'EOF'
import { total } from './total.mjs';
console.log(`total: ${total([1, 2, 3])}`);
EOF
echo 'CURRENCY=USD' > src/settings.sh
printf 'echo "shop 1"\n' > bin/shop.sh
cat > test/greet.test.mjs <<'EOF'
import assert from 'node:assert/strict';
import test from 'node:test';
import { greet } from '../src/greet.mjs';
test('greets by name', () => assert.equal(greet('ada'), 'Hello, Ada'));
EOF
cat > test/total.test.mjs <<'EOF'
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { total } from '../src/total.mjs';
test('adds up', () => {
  assert.equal(total([1, 2, 3]), 6);
});
test('of nothing it is nothing', () => {
  assert.equal(total([]), 0);
});
EOF
cat > test/check.sh <<'EOF'
set -eu
. ./src/settings.sh
if [ "$CURRENCY" != EUR ]; then
  echo "the currency is $CURRENCY" >&2
  exit 1
fi
EOF
mkdir -p lib tests
echo 'def rate(): return 0' > lib/rate.py
cat > tests/test_rate.py <<'EOF'
import sys
import unittest

sys.path.insert(0, "lib")
from rate import rate


class Rate(unittest.TestCase):
    def test_rate(self):
        self.assertEqual(rate(), 7)


if __name__ == "__main__":
    unittest.main()
EOF
echo 'total: 6' > test/expected.txt
cat > scripts/verify.sh <<'EOF'
node src/report.mjs | diff - test/expected.txt
EOF
git add -A
git commit -qm 'A small shop'
