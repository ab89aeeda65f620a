// PORT (default 3000, 0: any free one), HOST (127.0.0.1), DATA_DIR (./data),
// TOKEN_SECRET (default: made once and kept in DATA_DIR/secret).
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createServer } from './server.js';

const { PORT = '3000', HOST = '127.0.0.1', DATA_DIR = 'data' } = process.env;

function secret() {
  if (process.env.TOKEN_SECRET) return process.env.TOKEN_SECRET;
  const file = join(DATA_DIR, 'secret');
  if (!existsSync(file)) {
    mkdirSync(DATA_DIR, { recursive: true });
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8');
}

const server = await createServer({ dataDir: DATA_DIR, secret: secret() });
server.listen(Number(PORT), HOST, () => {
  console.log(`listening on http://${HOST}:${server.address().port}`);
});
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
  });
}
