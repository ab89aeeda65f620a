#: says: a test without a framework that ends by itself
#: check: node test/plain.mjs && node --test test/plain.mjs
#: after: feature
cat > test/plain.mjs <<'EOF'
import { greet } from '../src/greet.mjs';
const failed = [greet('ada').endsWith('Ada'), greet('bo').endsWith('Bo')].filter((good) => !good).length;
console.log(`${failed} failed`);
process.exit(failed ? 1 : 0);
EOF
git add -A && git commit -qm 'Test plainly'
