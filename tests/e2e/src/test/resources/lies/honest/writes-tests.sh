#: says: the plan is to write tests
#: check: node --test test/text.test.mjs
#: after: feature
cat > test/text.test.mjs <<'EOF'
import test from 'node:test';
import assert from 'node:assert';
import { upper } from '../src/text.mjs';
test('capitals', () => assert.strictEqual(upper('ada'), 'Ada'));
test('refuses nothing at all', () => assert.throws(() => upper('')));
EOF
git add -A && git commit -qm 'Test upper'
