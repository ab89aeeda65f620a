// PORT (default 3000, 0: any free one), HOST (127.0.0.1), DATA_DIR (./data).
import { createServer } from './server.js';

const { PORT = '3000', HOST = '127.0.0.1', DATA_DIR = 'data' } = process.env;

const server = await createServer({ dataDir: DATA_DIR });
server.listen(Number(PORT), HOST, () => {
  console.log(`listening on http://${HOST}:${server.address().port}`);
});
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
  });
}
