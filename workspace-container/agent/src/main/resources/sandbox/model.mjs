// Connections to a port of this sandbox go on in a Unix socket of the workspace agent: the way to a model.
//
//   node model.mjs PORT SOCKET
//
// Prints one line once it listens.
import net from 'node:net';

const [port, socket] = process.argv.slice(2);

const server = net.createServer({ allowHalfOpen: true }, (inner) => {
    const outer = net.connect({ path: socket, allowHalfOpen: true });
    for (const [from, to] of [[inner, outer], [outer, inner]]) {
        from.pipe(to);
        from.on('error', () => to.destroy());
        from.on('close', () => to.destroy());
    }
});
server.on('error', (error) => {
    console.log(`no way to a model: ${error.message}`);
    process.exit(1);
});
server.listen(Number(port), '127.0.0.1', () => console.log('listening'));
