// The hands of orchflow's own agent from outside: orchestration is a script of lines.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { until } from './stage.mjs';

const runner = fileURLToPath(new URL('../bin/orchflow-model', import.meta.url));
const open = [];
after(() => open.forEach((close) => close()));

class Play {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'model-')));
  clone = join(this.folder, 'clone');
  heard = [];
  hellos = [];
  upgrades = [];
  activity = [];

  /** @param script `async (ask, line, socket)` for each connection: `ask(line)` sends and resolves to the answer */
  constructor(script, { input = {}, env = {}, refuse } = {}) {
    mkdirSync(this.clone);
    writeFileSync(join(this.folder, 'inbox'), '');
    const given = { task: { title: 'Add a greeting', role: 'builder' }, prompt: 'Do it.', model: { name: 'm-1', wire: 'chat', maxOutput: 100 }, ...input };
    writeFileSync(join(this.folder, 'input.json'), JSON.stringify(given));
    this.server = createServer((request, response) => {
      let body = '';
      request.on('data', (bytes) => (body += bytes));
      request.on('end', () => {
        if (request.url.endsWith('/activity')) this.activity.push(...JSON.parse(body).events);
        response.writeHead(request.url.endsWith('/activity') ? 204 : 404).end();
      });
    });
    this.server.on('upgrade', (request, socket, head) => {
      this.upgrades.push({ url: request.url, method: request.method, headers: request.headers, early: head.length });
      const status = refuse?.(this.upgrades.length);
      if (status) return socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
      socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: orchflow-tools\r\n\r\n');
      this.#play(script, socket);
    });
    open.push(() => this.close());
    this.ready = new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve)).then(() => this.#start(env));
  }

  at = (...path) => join(this.clone, ...path);

  #start(env) {
    this.child = spawn(process.execPath, [runner], {
      cwd: this.clone,
      env: {
        PATH: process.env.PATH,
        HOME: this.folder,
        NO_COLOR: '1',
        ORCHFLOW_INPUT: join(this.folder, 'input.json'),
        ORCHFLOW_INBOX: join(this.folder, 'inbox'),
        ORCHFLOW_MODEL_ADDRESS: `127.0.0.1:${this.server.address().port}`,
        ORCHFLOW_MODEL_TOKEN: 'token-of-the-task',
        ...env,
      },
    });
    this.output = '';
    for (const stream of [this.child.stdout, this.child.stderr]) stream.on('data', (bytes) => (this.output += bytes));
    this.done = new Promise((resolve) => this.child.once('close', resolve));
  }

  #play(script, socket) {
    const waiting = [];
    let rest = '';
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      const lines = (rest + bytes).split('\n');
      rest = lines.pop();
      for (const line of lines.map((text) => JSON.parse(text))) {
        this.heard.push(line);
        if (line.type !== 'hello') waiting.shift()(line);
        else {
          this.hellos.push(line);
          const send = (one) => socket.write(`${JSON.stringify(one)}\n`);
          const ask = (one) => new Promise((resolve) => {
            waiting.push(resolve);
            send(one);
          });
          const call = (tool, args) => ask({ type: 'call', id: 'c', tool, arguments: args });
          const end = (exitCode = 0, text = 'All done.') => ask({ type: 'end', exitCode, text });
          script({ call, end, send, socket, hello: line, number: this.hellos.length });
        }
      }
    });
  }

  say(text) {
    appendFileSync(join(this.folder, 'inbox'), `${JSON.stringify({ from: { name: 'Ann' }, text })}\n`);
  }

  /** @returns the exit code; the test fails where it does not come */
  async ended() {
    await this.ready;
    return Promise.race([this.done, new Promise((resolve) => setTimeout(resolve, 10_000, 'not ended').unref())]);
  }

  close() {
    if (this.child?.exitCode === null) this.child.kill('SIGKILL');
    this.server.closeAllConnections();
    this.server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Plays calls in one conversation and gives back their results. */
async function calls(list, prepare = () => {}) {
  const results = [];
  const play = new Play(async ({ call, end }) => {
    for (const [tool, args] of list) results.push(await call(tool, args));
    await end();
  });
  prepare(play);
  assert.equal(await play.ended(), 0, play.output);
  return { play, results };
}

describe('a conversation', () => {
  test('begins with the task after the 101 alone, shows all of it, and ends with the exit code', async () => {
    const play = new Play(async ({ send, call, end }) => {
      for (const text of ['I look ', 'around ', 'first.\nThen I wri', 'te.']) send({ type: 'text', text });
      send({ type: 'usage', input: 1234, output: 5 });
      await call('run', { command: 'echo one; echo two >&2; exit 3' });
      send({ type: 'note', text: 'asked again, 1 of 3' });
      await end(7, 'It went wrong.');
    });
    assert.equal(await play.ended(), 7, play.output);
    const [{ url, method, headers, early }] = play.upgrades;
    assert.deepEqual([url, method, headers.authorization, headers.upgrade, early], ['/orchflow/v1/tools', 'POST', 'Bearer token-of-the-task', 'orchflow-tools', 0]);
    assert.deepEqual(play.hellos, [{ type: 'hello', prompt: 'Do it.', model: { name: 'm-1', wire: 'chat', maxOutput: 100 }, interrupted: false }]);
    for (const shown of ['Add a greeting', 'm-1 · builder', '● I look around first.\n  Then I write.', '1,234 tokens in, 5 out', '$ echo one; echo two >&2; exit 3', '│ one', '│ two', '✗ exit 3', 'asked again, 1 of 3', '✗ It went wrong.']) {
      assert.ok(play.output.includes(shown), `${shown} in ${play.output}`);
    }
    assert.deepEqual(play.activity.map((one) => one.kind), ['message', 'command', 'output', 'error']);
  });

  test('a long text without line ends is drawn whole, in the width of the pane', async () => {
    const words = Array.from({ length: 60 }, (_, n) => `word${n}`);
    const play = new Play(async ({ send, end }) => {
      for (const piece of words.join('  ').match(/.{1,7}/g)) send({ type: 'text', text: piece });
      await end();
    });
    assert.equal(await play.ended(), 0);
    const shown = play.output.slice(play.output.indexOf('●'), play.output.indexOf('All done.'));
    assert.deepEqual(shown.match(/word\d+/g), words);
    for (const line of play.output.split('\n')) assert.ok([...line].length <= 80, line);
  });

  test('what people write comes with the next result, and in place of an end', async () => {
    const play = new Play(async ({ call, end }) => {
      play.say('Use tabs.');
      await call('run', { command: 'true' });
      play.say('And a README.');
      await end();
      await end();
    });
    assert.equal(await play.ended(), 0, play.output);
    const [, result, first, second] = play.heard;
    assert.deepEqual(result.messages, [{ from: 'Ann', text: 'Use tabs.' }]);
    assert.deepEqual(first, { type: 'over', messages: [{ from: 'Ann', text: 'And a README.' }] });
    assert.deepEqual(second, { type: 'over', messages: [] });
    assert.match(play.output, /✉ Ann: Use tabs\.[^]*✉ Ann: And a README\./);
  });

  test('a question asks to be noticed, and is answered by a message or at the pane', async () => {
    const results = [];
    const play = new Play(async ({ call, end }) => {
      results.push(await call('ask', { question: 'Tabs or\nblanks?' }));
      results.push(await call('ask', { question: 'Sure?' }));
      await end();
    });
    await play.ready;
    await until(() => play.output.includes('\u001b]777;notify;orchflow;Tabs or blanks?\u0007'));
    play.say('Tabs.');
    await until(() => play.output.includes('Sure?\u0007'));
    play.child.stdin.write('Yes\n');
    assert.equal(await play.ended(), 0, play.output);
    assert.deepEqual(results.map(({ ok, text }) => [ok, text]), [[true, 'Ann wrote:\n> Tabs.'], [true, 'somebody at the pane wrote:\n> Yes']]);
  });
});

describe('a lost connection', () => {
  test('is made again, told what people had said, and its command is ended', async () => {
    const play = new Play(async ({ call, end, socket, number }) => {
      if (number > 1) return end();
      play.say('Use tabs.');
      await call('run', { command: 'true' });
      call('run', { command: 'echo $$ > pid; sleep 600' });
      await until(() => existsSync(play.at('pid')) && readFileSync(play.at('pid'), 'utf8').endsWith('\n'));
      return socket.destroy();
    });
    assert.equal(await play.ended(), 0, play.output);
    assert.deepEqual(play.hellos.map((hello) => hello.interrupted), [false, true]);
    assert.match(play.hellos[1].prompt, /^Do it\.\n[^]*Ann wrote:\n> Use tabs\./);
    assert.throws(() => process.kill(Number(readFileSync(play.at('pid'), 'utf8')), 0), { code: 'ESRCH' });
  });

  test('a server that is busy is asked again, one that refuses is not', async () => {
    const busy = new Play(({ end }) => end(), { refuse: (count) => (count === 1 ? 503 : 0) });
    assert.equal(await busy.ended(), 0, busy.output);
    assert.equal(busy.upgrades.length, 2);
    const closed = new Play(({ end }) => end(), { refuse: () => 401 });
    assert.equal(await closed.ended(), 4);
    assert.match(closed.output, /✗ orchflow is not there: refused \(401\)/);
  });

  test('without a model nothing is begun', async () => {
    const play = new Play(({ end }) => end(), { input: { model: undefined } });
    assert.equal(await play.ended(), 2);
    assert.equal(play.output, 'orchflow-model: this task has no model: configure a model provider that speaks chat or messages\n');
  });
});

describe('run', () => {
  test('gives output, exit code and time limit, and leaves no process', async () => {
    const { play, results } = await calls([
      ['run', { command: 'echo hi; exit 4' }],
      ['run', { command: 'sleep 600 & echo $! > back; echo left' }],
      ['run', { command: 'echo slow; sleep 600', timeoutSeconds: 1 }],
      ['run', { command: "trap '' TERM; echo stubborn; while :; do sleep 1; done", timeoutSeconds: 1 }],
      ['run', { command: 'kill -9 $$' }],
    ]);
    assert.deepEqual(results.map(({ ok, exitCode }) => [ok, exitCode]), [[false, 4], [true, 0], [false, 124], [false, 124], [false, 137]]);
    assert.equal(results[0].text, 'hi\n\n(exit code 4)');
    assert.match(results[2].text, /slow\n\n\(ended after 1 s: the time limit\)/);
    assert.throws(() => process.kill(Number(readFileSync(play.at('back'), 'utf8')), 0), { code: 'ESRCH' });
  });

  test('keeps the beginning and the end of much output', async () => {
    const { results } = await calls([['run', { command: 'echo begin; yes x | head -c 5000000; echo the end' }]]);
    assert.ok(results[0].text.length < 25_000);
    assert.match(results[0].text, /^begin\nx\n[^]*… 4\d+ bytes left out …[^]*the end\n$/);
  });

  test('gets no token, no terminal and no input', async () => {
    const { results } = await calls([['run', { command: 'env; cat; test -t 0 || test -t 1 || echo no terminal' }]]);
    assert.doesNotMatch(results[0].text, /token-of-the-task/);
    assert.match(results[0].text, /no terminal/);
  });
});

describe('files', () => {
  test('are written, read in parts, changed where a piece is there once, and found', async () => {
    const { play, results } = await calls([
      ['write', { path: 'src/a.txt', content: 'one\ntwo\nthree\ntwo\n' }],
      ['read', { path: 'src/a.txt', from: 2, lines: 2 }],
      ['read', { path: 'src' }],
      ['replace', { path: 'src/a.txt', old: 'two', new: '2' }],
      ['replace', { path: 'src/a.txt', old: 'four', new: '4' }],
      ['replace', { path: 'src/a.txt', old: 'three\ntwo', new: '$& 3' }],
      ['search', { pattern: 'o(ne|x)' }],
      ['search', { pattern: '(' }],
      ['search', { pattern: 'nowhere', path: 'src' }],
      ['read', { path: 'src/none' }],
      ['fly', {}],
    ]);
    assert.equal(readFileSync(play.at('src/a.txt'), 'utf8'), 'one\ntwo\n$& 3\n');
    const texts = results.map(({ text }) => text);
    assert.equal(texts[1], 'two\nthree\n(lines 2 to 3 of 4)');
    assert.equal(texts[2], 'a.txt');
    assert.match(texts[3], /more than once/);
    assert.match(texts[4], /no such piece/);
    assert.equal(texts[6], 'src/a.txt:1:one');
    assert.match(texts[7], /^Not done: grep: /);
    assert.deepEqual(texts.slice(8), ['Nothing found.', 'Not done: there is no src/none', 'Not done: there is no tool fly in this workspace']);
    assert.deepEqual(results.map(({ ok }) => ok), [true, true, true, false, false, true, true, false, true, false, false]);
    assert.match(play.output, /✎ src\/a\.txt add/);
  });

  test('outside of the clone are not reached, by dots, absolute or by a link', async () => {
    const secret = (play) => join(play.folder, 'secret');
    const traps = ['../secret', 'x/../../secret', 'link', 'away/secret', 'dangling', 'loop'];
    const list = traps.flatMap((path) => [['read', { path }], ['write', { path, content: 'mine' }], ['replace', { path, old: 'k', new: 'm' }], ['search', { pattern: 'k', path }]]);
    const { play, results } = await calls([...list, ['read', { path: '/etc/hostname' }], ['write', { path: 'away/new/file', content: '' }]], (made) => {
      writeFileSync(secret(made), 'kept');
      symlinkSync('../secret', made.at('link'));
      symlinkSync('..', made.at('away'));
      symlinkSync('../none', made.at('dangling'));
      symlinkSync('loop', made.at('loop'));
    });
    for (const { ok, text } of results) {
      assert.equal(ok, false);
      assert.match(text, /^Not done: .*(leads out of the clone|there is no|a link to nothing|ELOOP)/);
      assert.doesNotMatch(text, /kept/);
    }
    assert.equal(readFileSync(secret(play), 'utf8'), 'kept');
    assert.equal(existsSync(join(play.folder, 'none')), false);
    assert.equal(existsSync(join(play.folder, 'new')), false);
  });
});
