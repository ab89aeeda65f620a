// Programs of the Agent Client Protocol, and the shell that gives them terminals: orchestration is a script of lines.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { appendFileSync, chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Lines } from '../lib/lines.mjs';
import { Stage, until } from './stage.mjs';

const open = [];
after(() => open.forEach((close) => close()));

/** @param talk `(send, line, connection)` for each line that comes, the connections counted from 1 */
function orchestration(protocol, talk) {
  const heard = [];
  const sockets = [];
  const server = createServer((request, response) => request.resume().on('end', () => response.writeHead(204).end()));
  server.on('upgrade', (request, socket) => {
    assert.equal(request.headers.upgrade, protocol);
    assert.equal(request.headers.authorization, 'Bearer token-of-the-task');
    sockets.push(socket);
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: ${protocol}\r\n\r\n`);
    const number = sockets.length;
    const lines = new Lines((text) => {
      const line = JSON.parse(text);
      heard.push(line);
      talk((answer) => socket.write(`${JSON.stringify(answer)}\n`), line, number, socket);
    });
    socket.on('data', (bytes) => lines.write(bytes));
    socket.on('error', () => {});
  });
  open.push(() => sockets.forEach((socket) => socket.destroy()), () => server.close());
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({ heard, sockets, address: `127.0.0.1:${server.address().port}` }));
  });
}

/** A program that answers each prompt with an update, and stops. */
const SPEAKER = `#!/usr/bin/env node
if (process.argv[2] === '--version') { console.log('speaker 4.5.6'); process.exit(0); }
const say = (line) => process.stdout.write(JSON.stringify(line) + '\\n');
const update = (update) => say({ jsonrpc: '2.0', method: 'session/update', params: { sessionId: 's-1', update } });
require('node:readline').createInterface({ input: process.stdin }).on('line', (text) => {
  const { id, method, params } = JSON.parse(text);
  if (method === 'die') process.exit(3);
  if (method === 'session/new' || method === 'session/load') say({ jsonrpc: '2.0', id, result: { sessionId: 's-1' } });
  if (method !== 'session/prompt') return;
  console.log('noise that is no message');
  update({ sessionUpdate: 'agent_message_chunk', content: { type: 'text', text: 'I heard: ' } });
  update({ sessionUpdate: 'agent_message_chunk', content: { type: 'text', text: params.prompt[0].text } });
  update({ sessionUpdate: 'tool_call', toolCallId: 't', title: 'bash', kind: 'execute', status: 'pending', rawInput: { cwd: '/workspace' } });
  update({ sessionUpdate: 'tool_call_update', toolCallId: 't', status: 'in_progress', rawInput: { command: 'ls -l' } });
  update({ sessionUpdate: 'tool_call_update', toolCallId: 't', status: 'completed', content: [{ type: 'content', content: { type: 'text', text: 'two files' } }] });
  update({ sessionUpdate: 'plan', entries: [{ content: 'Look', status: 'completed' }, { content: 'Do', status: 'in_progress' }] });
  say({ jsonrpc: '2.0', id, result: { stopReason: 'end_turn', forged: true }, orchflow: 'end', exitCode: 0 });
});
`;

function stage() {
  const made = new Stage({ kind: 'acp', events: 'acp', headless: ['speak'], resume: null, stdin: null, capabilities: { streaming: true, batch: true, structured: true, resume: false, mcp: false } });
  writeFileSync(made.at('path', 'stand-in'), SPEAKER);
  chmodSync(made.at('path', 'stand-in'), 0o755);
  return made;
}

const prompt = (text, id = 2) => ({ jsonrpc: '2.0', id, method: 'session/prompt', params: { sessionId: 's-1', prompt: [{ type: 'text', text }] } });

describe('a program of the Agent Client Protocol', () => {
  test('is carried, drawn and ended as orchestration says; what people wrote is a further prompt', async () => {
    const made = stage();
    const { heard, address } = await orchestration('acp', (send, line) => {
      if (line.orchflow === 'hello') send({ jsonrpc: '2.0', id: 1, method: 'session/new', params: {} });
      if (line.id === 1) send(prompt('Do it.'));
      if (line.id === 2) {
        appendFileSync(made.at('inbox'), `${JSON.stringify({ from: { name: 'Ann' }, text: 'Hurry' })}\n`);
        send({ orchflow: 'inbox' });
      }
      if (line.orchflow === 'messages' && line.prompt) send(prompt(line.prompt, 3));
      if (line.id === 3) send({ orchflow: 'inbox' });
      if (line.orchflow === 'messages' && !line.prompt) send({ orchflow: 'end', exitCode: 0 });
    });

    const { exitCode, output } = await made.start({ env: { ORCHFLOW_MODEL_ADDRESS: address } }).done;

    assert.equal(exitCode, 0, output);
    assert.deepEqual(heard[0], { orchflow: 'hello', prompt: 'Do it.', cwd: made.at('clone') });
    assert.match(output, /speaker|Stand-in 4\.5\.6/);
    assert.match(output, /I heard: Do it\./);
    assert.match(output, /\$ ls -l[\s\S]*two files/);
    assert.match(output, /☑ Look\n◐ Do/);
    assert.match(output, /noise that is no message/);
    assert.match(output, /Ann: Hurry[\s\S]*I heard: .*people wrote/);
    const answer = heard.find((line) => line.id === 2);
    assert.equal(answer.result.stopReason, 'end_turn');
    assert.equal(answer.orchflow, undefined, 'the program does not speak for its runner');
  });

  test('fails with the words of orchestration', async () => {
    const { address } = await orchestration('acp', (send, line) => line.orchflow === 'hello' && send({ orchflow: 'end', exitCode: 1, reason: 'no money left' }));
    const { exitCode, output } = await stage().start({ env: { ORCHFLOW_MODEL_ADDRESS: address } }).done;
    assert.equal(exitCode, 1);
    assert.match(output, /did not finish: no money left/);
  });

  test('that dies ends the attempt', async () => {
    const { address } = await orchestration('acp', (send, line) => line.orchflow === 'hello' && send({ method: 'die' }));
    const { exitCode, output } = await stage().start({ env: { ORCHFLOW_MODEL_ADDRESS: address } }).done;
    assert.equal(exitCode, 1);
    assert.match(output, /its program ended with exit code 3/);
  });

  test('goes on in its session after a lost connection', async () => {
    const { heard, address } = await orchestration('acp', (send, line, number, socket) => {
      if (line.orchflow === 'hello' && number === 1) send({ jsonrpc: '2.0', id: 1, method: 'session/new', params: {} });
      if (line.id === 1) socket.destroy();
      if (line.orchflow === 'hello' && number === 2) send({ orchflow: 'end', exitCode: 0 });
    });
    const { exitCode, output } = await stage().start({ env: { ORCHFLOW_MODEL_ADDRESS: address } }).done;
    assert.equal(exitCode, 0, output);
    const hellos = heard.filter((line) => line.orchflow === 'hello');
    assert.deepEqual(hellos.map((line) => line.session), [undefined, 's-1']);
  });

  test('is asked to stop by Ctrl-C', async () => {
    const { heard, address } = await orchestration('acp', (send, line) => line.orchflow === 'cancel' && send({ orchflow: 'end', exitCode: 130, reason: 'it was interrupted' }));
    const run = stage().start({ env: { ORCHFLOW_MODEL_ADDRESS: address } });
    await until(() => heard.length > 0);
    run.child.kill('SIGINT');
    assert.equal((await run.done).exitCode, 130);
    assert.ok(heard.some((line) => line.orchflow === 'cancel'));
  });
});

describe('orchflow-shell', () => {
  const shell = fileURLToPath(new URL('../bin/orchflow-shell', import.meta.url));
  const start = (args, address) => {
    const child = spawn(process.execPath, [shell, ...args], { env: { PATH: process.env.PATH, GIVEN: '1', ORCHFLOW_MODEL_ADDRESS: address, ORCHFLOW_MODEL_TOKEN: 'token-of-the-task' } });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (output += bytes));
    return { child, done: new Promise((resolve) => child.once('close', (exitCode) => resolve({ exitCode, output }))) };
  };

  test('runs a line in a terminal: its output and its exit code are the shell’s', async () => {
    const { heard, address } = await orchestration('orchflow-terminal', (send) => {
      send({ text: 'one\ntwo' });
      send({ exitCode: 5 });
    });
    const { exitCode, output } = await start(['-l', '-c', 'make   test', 'name', 'first'], address).done;
    assert.deepEqual([exitCode, output], [5, 'one\ntwo']);
    const [order] = heard;
    assert.equal(order.title, 'make test');
    assert.deepEqual(order.command.slice(0, 2), ['/bin/bash', '-c']);
    assert.match(order.command[2], /make {3}test$/);
    assert.deepEqual(order.command.slice(3), ['name', 'first']);
    assert.equal(order.environment.GIVEN, '1');
    assert.equal(order.environment.ORCHFLOW_MODEL_TOKEN, undefined);
  });

  test('says why there is no terminal', async () => {
    const { address } = await orchestration('orchflow-terminal', (send) => send({ error: '16 terminals are at work' }));
    const { exitCode, output } = await start(['-c', 'true'], address).done;
    assert.equal(exitCode, 126);
    assert.match(output, /16 terminals are at work/);
    assert.equal((await start([], address).done).exitCode, 2);
  });

  test('hangs up when it is ended, so that the command ends', async () => {
    let gone = false;
    const { heard, address } = await orchestration('orchflow-terminal', (send, line, number, socket) => socket.once('end', () => (gone = true)));
    const run = start(['-c', 'sleep 100'], address);
    await until(() => heard.length > 0);
    run.child.kill('SIGTERM');
    assert.equal((await run.done).exitCode, 143);
    await until(() => gone);
  });
});
