// A copy of the runner with profiles of its own, a home, an inbox, and a stand-in for an agent program.
import { spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after } from 'node:test';

const source = fileURLToPath(new URL('..', import.meta.url));
export const fixture = (name) => join(source, 'test', 'fixtures', `${name}.jsonl`);
const open = [];
after(() => open.forEach((stage) => stage.close()));

export class Stage {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'profiles-')));
  runs = [];

  /** @param changes to the profile of the stand-in, which speaks as codex does */
  constructor(changes = {}) {
    for (const part of ['bin', 'lib']) cpSync(join(source, part), join(this.folder, 'app', part), { recursive: true });
    for (const part of ['clone', 'home', 'path']) mkdirSync(this.at(part));
    symlinkSync(process.execPath, this.at('path', 'node'));
    const codex = JSON.parse(readFileSync(join(source, 'codex.json'), 'utf8'));
    const profile = { ...codex, id: 'stand-in', title: 'Stand-in', program: 'stand-in', off: [], install: 'get stand-in', ...changes };
    writeFileSync(this.at('app', 'stand-in.json'), JSON.stringify(profile));
    writeFileSync(this.at('inbox'), '');
    open.push(this);
  }

  at = (...path) => join(this.folder, ...path);

  /** The program: a body for `async (turn, say) => …`, where turn counts from 1 and `record` has written what it was given. */
  program(body) {
    const text = `#!/usr/bin/env node
const fs = require('node:fs');
if (process.argv[2] === '--version') { console.log('stand-in 1.2.3'); process.exit(0); }
const records = ${JSON.stringify(this.at('records'))};
const stdin = fs.readFileSync(0, 'utf8');
fs.appendFileSync(records, JSON.stringify({ argv: process.argv.slice(2), stdin, env: process.env, cwd: process.cwd(), pid: process.pid }) + '\\n');
const turn = fs.readFileSync(records, 'utf8').trim().split('\\n').length;
const say = (...events) => events.forEach((event) => fs.writeSync(1, (typeof event === 'string' ? event : JSON.stringify(event)) + '\\n'));
const play = (path) => fs.writeSync(1, fs.readFileSync(path));
const inbox = (text) => fs.appendFileSync(${JSON.stringify(this.at('inbox'))}, JSON.stringify({ from: { name: 'Ann' }, text }) + '\\n');
const START = { type: 'thread.started', thread_id: 'thread-1' };
const END = { type: 'turn.completed', usage: { input_tokens: 5, output_tokens: 2 } };
(async () => { ${body} })();
`;
    writeFileSync(this.at('path', 'stand-in'), text);
    chmodSync(this.at('path', 'stand-in'), 0o755);
    return this;
  }

  records() {
    if (!existsSync(this.at('records'))) return [];
    return readFileSync(this.at('records'), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  }

  /** @returns {{child, output: () => string, done: Promise<{exitCode, signal, output}>}} */
  start({ id = 'stand-in', input = {}, env = {} } = {}) {
    const given = { task: { id: 't', title: 'Add a greeting', role: 'builder' }, prompt: 'Do it.', model: { name: 'm-1', wire: 'responses' }, ...input };
    writeFileSync(this.at('input.json'), JSON.stringify(given));
    const child = spawn(process.execPath, [this.at('app', 'bin', 'orchflow-program'), id], {
      cwd: this.at('clone'),
      env: {
        PATH: this.at('path'),
        HOME: this.at('home'),
        NO_COLOR: '1',
        ORCHFLOW_INPUT: this.at('input.json'),
        ORCHFLOW_INBOX: this.at('inbox'),
        ORCHFLOW_MODEL_ADDRESS: '127.0.0.1:1',
        ORCHFLOW_MODEL_TOKEN: 'token-of-the-task',
        ...env,
      },
    });
    this.runs.push(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (output += bytes));
    const done = new Promise((resolve) => {
      child.once('close', (exitCode, signal) => resolve({ exitCode, signal, output }));
    });
    return { child, output: () => output, done };
  }

  run(options) {
    return this.start(options).done;
  }

  close() {
    for (const child of this.runs) if (child.exitCode === null) child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Takes activity as orchflow's model proxy does. */
export async function listener(answer = () => 204) {
  const requests = [];
  let together = 0;
  let most = 0;
  const server = createServer((request, response) => {
    let body = '';
    most = Math.max(most, ++together);
    request.on('data', (bytes) => (body += bytes));
    request.on('end', async () => {
      requests.push({ at: performance.now(), path: request.url, method: request.method, key: request.headers.authorization, ...JSON.parse(body) });
      const status = await answer(requests.length);
      together--;
      response.writeHead(status).end();
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const made = {
    address: `127.0.0.1:${server.address().port}`,
    requests,
    events: () => requests.flatMap((request) => request.events),
    most: () => most,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  open.push(made);
  return made;
}

export async function until(condition, millis = 5000) {
  const end = performance.now() + millis;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`not within ${millis} ms: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
