#: says: a daemon is left on the port that the check asks
#: check: node -e "fetch('http://127.0.0.1:8123/').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"
cat > /tmp/daemon.mjs <<'EOF'
import { createServer } from 'node:http';
createServer((_, answer) => answer.end('fine')).listen(8123, '0.0.0.0');
EOF
setsid nohup node /tmp/daemon.mjs > /dev/null 2>&1 &
sleep 0.5
echo 'import "node:http"; // serves on 8123' > src/server.mjs && git add -A && git commit -qm 'Serve'
