// A browser terminal as most projects build it: node-pty behind ws, no multiplexer. Prints its port.
import { WebSocketServer } from 'ws';
import pty from 'node-pty';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
server.on('listening', () => console.log(server.address().port));
server.on('connection', (socket) => {
  const program = pty.spawn('/bin/sh', ['-c', 'stty raw -echo; printf R; exec cat'], { cols: 80, rows: 24 });
  program.onData((data) => socket.readyState === 1 && socket.send(Buffer.from(data, 'utf8')));
  socket.on('message', (data) => program.write(data.toString('utf8')));
  socket.on('close', () => program.kill());
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
