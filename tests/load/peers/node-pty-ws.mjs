// A browser terminal as most projects build it: node-pty behind ws, no multiplexer. Prints its port.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import pty from 'node-pty';

const home = mkdtempSync(join(tmpdir(), 'peer-home-'));
process.on('exit', () => rmSync(home, { recursive: true, force: true }));
const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
server.on('listening', () => console.log(server.address().port));
// `/?command=LINE` runs that instead of something that echoes; its home is empty, as a pane's is.
server.on('connection', (socket, request) => {
  const command = new URL(request.url, 'ws://peer').searchParams.get('command') ?? 'stty raw -echo; printf R; exec cat';
  const env = { ...process.env, HOME: home };
  const program = pty.spawn('/bin/sh', ['-c', command], { cols: 80, rows: 24, env });
  program.onData((data) => socket.readyState === 1 && socket.send(Buffer.from(data, 'utf8')));
  socket.on('message', (data) => program.write(data.toString('utf8')));
  socket.on('close', () => program.kill());
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
