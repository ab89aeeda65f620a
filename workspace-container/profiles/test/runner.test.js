// The runner from outside, with a stand-in for the agent program that behaves in every way but well.
import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { Stage, fixture, until } from './stage.mjs';

const GOOD = "say(START, { type: 'turn.started' }, { type: 'item.completed', item: { type: 'agent_message', text: 'Hello there.' } }, END);";

describe('a good turn', () => {
  test('is drawn with title, program, version and model, and ends with 0', async () => {
    const stage = new Stage().program(GOOD);
    const { exitCode, output } = await stage.run();
    assert.equal(exitCode, 0, output);
    assert.match(output, /━\n Add a greeting\n Stand-in 1\.2\.3 · m-1 · builder\n━/);
    assert.match(output, /● Hello there\.\n {2}5 tokens in, 2 out[^]*✓ Stand-in ended its turn/);
  });

  test('the program gets its prompt, its files and its key where the profile says, in the clone', async () => {
    const stage = new Stage().program(GOOD);
    await stage.run({ input: { prompt: 'Say "hi"\nand {{model}}', model: { name: 'odd"name', wire: 'responses' } } });
    const [{ argv, stdin, env, cwd }] = stage.records();
    assert.deepEqual(argv, ['exec', '--json', '--strict-config', '-']);
    assert.match(stdin, /^Say "hi"\nand \{\{model\}\}\nYou have tools of the MCP server `orchflow`: /);
    assert.equal(cwd, stage.at('clone'));
    assert.equal(env.ORCHFLOW_MODEL_TOKEN, 'token-of-the-task');
    assert.equal(env.CODEX_HOME, stage.at('home', '.codex'));
    const config = readFileSync(stage.at('home', '.codex', 'config.toml'), 'utf8');
    assert.match(config, /^model = "odd\\"name"$/m);
    assert.match(config, /^base_url = "http:\/\/127\.0\.0\.1:1\/v1"$/m);
    assert.match(config, /^\[mcp_servers\.orchflow\]\nurl = "http:\/\/127\.0\.0\.1:1\/orchflow\/v1\/mcp"\nbearer_token_env_var = "ORCHFLOW_MODEL_TOKEN"$/m);
    assert.doesNotMatch(config, /token-of-the-task/);
    assert.deepEqual(readdirSync(stage.at('clone')), []);
  });

  test('a program that takes no tools is told of none', async () => {
    const stage = new Stage({ capabilities: { streaming: true, batch: true, structured: true, resume: true, mcp: false } }).program(GOOD);
    await stage.run({ input: { prompt: 'Do it.', model: { name: 'm', wire: 'responses' } } });
    assert.equal(stage.records()[0].stdin, 'Do it.');
  });

  test("a workspace's own keys are not handed on", async () => {
    const stage = new Stage().program(GOOD);
    await stage.run({ env: { OPENAI_API_KEY: 'of-the-workspace' } });
    assert.equal(stage.records()[0].env.OPENAI_API_KEY, undefined);
  });

  test('what is no event is shown as it is, and cannot drive the terminal', async () => {
    const stage = new Stage().program("say(START, 'plain \\u001b[2J words', '{broken', '[1]', 'null', '7'); process.stderr.write('from stderr\\n');" + GOOD);
    const { exitCode, output } = await stage.run();
    assert.equal(exitCode, 0, output);
    for (const line of ['plain ␛[2J words', '{broken', '[1]', 'null', '7', 'from stderr']) assert.ok(output.includes(`  ${line}\n`), line);
    assert.doesNotMatch(output, /\u001b/);
  });

  test('a daemon that keeps the output open holds nothing up', async () => {
    const stage = new Stage().program(`require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 8000)'], { stdio: 'inherit', detached: true }).unref(); ${GOOD} process.exit(0);`);
    const started = performance.now();
    assert.equal((await Promise.race([stage.run(), new Promise((resolve) => setTimeout(resolve, 6000, {}).unref())])).exitCode, 0);
    assert.ok(performance.now() - started < 6000);
  });

  test('text of a program without events is passed through, and its exit code decides', async () => {
    const text = { events: 'text', structured: false, capabilities: { streaming: true, batch: true, structured: false, resume: true, mcp: true } };
    const good = await new Stage(text).program("say('{\"type\":\"turn.failed\"}', '  indented')").run();
    assert.equal(good.exitCode, 0, good.output);
    assert.match(good.output, /\{"type":"turn\.failed"\}\n {4}indented\n/);
    assert.equal((await new Stage(text).program("say('no'); process.exit(9)").run()).exitCode, 9);
  });

  for (const width of [30, 80]) {
    test(`no line is wider than a pane of ${width} columns`, async () => {
      const stage = new Stage().program(`play(${JSON.stringify(fixture('codex-work'))})`);
      writeFileSync(stage.at('width.mjs'), `process.stdout.columns = ${width};`);
      const { exitCode, output } = await stage.run({ env: { NODE_OPTIONS: `--import=${stage.at('width.mjs')}` }, input: { task: { title: '界'.repeat(100) } } });
      assert.equal(exitCode, 0, output);
      const widest = Math.max(...output.split('\n').map((line) => [...line].reduce((sum, one) => sum + (one === '界' ? 2 : 1), 0)));
      assert.ok(widest <= width, `${widest} columns`);
    });
  }
});

describe('a turn that failed', () => {
  const cases = [
    ['says so and exits with 0', "say(START, { type: 'turn.failed', error: { message: 'the provider refused' } });", 1, /✗ Stand-in did not finish.*the provider refused/],
    ['says so and exits with 4', "say(START, { type: 'turn.failed', error: { message: 'the provider refused' } }); process.exit(4);", 4, /the provider refused/],
    ['says that it is well and exits with 5', `${GOOD} process.exit(5);`, 5, /exit code 5/],
    ['ends without its end event', 'say(START);', 1, /its events broke off before the end of its turn/],
    ['says nothing at all', '', 1, /broke off/],
    ['ends in the middle of a line', `fs.writeSync(1, JSON.stringify(END).slice(0, 20));`, 1, /broke off/],
    ['is killed', "say(START); process.kill(process.pid, 'SIGKILL'); await new Promise(() => {});", 137, /ended by SIGKILL/],
    ['refused by the provider, as codex tells it', `play(${JSON.stringify(fixture('codex-refused'))}); process.exit(1);`, 1, /exceeded retry limit, last status: 429/],
  ];
  for (const [name, body, code, shown] of cases) {
    test(`${name}: exit code ${code}`, async () => {
      const { exitCode, output } = await new Stage().program(body).run();
      assert.equal(exitCode, code, output);
      assert.match(output.replace(/\s+/g, ' '), shown);
      assert.doesNotMatch(output, /✓/);
    });
  }
});

describe('what cannot start', () => {
  test('an unknown profile: 127, and which there are', async () => {
    const { exitCode, output } = await new Stage().run({ id: 'nobody' });
    assert.equal(exitCode, 127);
    assert.equal(output, 'orchflow-program: there is no profile nobody, only stand-in; orchflow-program --list shows them\n');
  });

  test('a name that leads elsewhere is unknown too', async () => {
    assert.equal((await new Stage().run({ id: '../app/stand-in' })).exitCode, 127);
  });

  test('a program that is not there: 127, and the command that mends it', async () => {
    const { exitCode, output } = await new Stage().run();
    assert.equal(exitCode, 127);
    assert.equal(output, 'orchflow-program: stand-in is not on the PATH; to install it: get stand-in\n');
  });

  for (const [name, options, shown] of [
    ['no prompt', { input: { prompt: ' ' } }, /has no prompt/],
    ['no input', { env: { ORCHFLOW_INPUT: '/nowhere' } }, /\/nowhere cannot be read/],
    ['no model', { input: { model: undefined } }, /needs a model/],
  ]) {
    test(`${name}: 2, and the program does not start`, async () => {
      const stage = new Stage().program(GOOD);
      const { exitCode, output } = await stage.run(options);
      assert.equal(exitCode, 2, output);
      assert.match(output, shown);
      assert.deepEqual(stage.records(), []);
    });
  }

  test("a person's own settings are not overwritten", async () => {
    const stage = new Stage().program(GOOD);
    mkdirSync(stage.at('home', '.codex'));
    writeFileSync(stage.at('home', '.codex', 'config.toml'), 'mine');
    const { exitCode, output } = await stage.run();
    assert.equal(exitCode, 2, output);
    assert.equal(readFileSync(stage.at('home', '.codex', 'config.toml'), 'utf8'), 'mine');
  });

  test('a profile with a field too many', async () => {
    const { exitCode, output } = await new Stage({ colour: 'red' }).program(GOOD).run();
    assert.equal(exitCode, 2);
    assert.match(output, /stand-in\.json: colour is no field/);
  });
});

describe('messages of people', () => {
  test('that came while a turn ran are given in one more, quoted, in the same session, until none is left', async () => {
    const stage = new Stage().program(`if (turn === 1) { inbox('Also say\\ngoodbye'); inbox('and thanks'); } if (turn === 2) inbox('last one'); ${GOOD}`);
    const { exitCode, output } = await stage.run();
    assert.equal(exitCode, 0, output);
    const [, second, third, ...more] = stage.records();
    assert.deepEqual(more, []);
    assert.deepEqual(second.argv, ['exec', 'resume', '--json', '--strict-config', 'thread-1', '-']);
    assert.match(second.stdin, /quoted[^]*Ann wrote:\n> Also say\n> goodbye\n[^]*Ann wrote:\n> and thanks\n/);
    assert.match(third.stdin, /> last one\n/);
    assert.doesNotMatch(third.stdin, /goodbye|Do it\./);
    assert.match(output, /✉ Ann: Also say\n {2}goodbye\n/);
  });

  test('that lie there at the start are given after the first turn', async () => {
    const stage = new Stage().program(GOOD);
    appendFileSync(stage.at('inbox'), '{"text":"early"}\n');
    await stage.run();
    assert.deepEqual(stage.records().map(({ stdin }) => /> early/.test(stdin)), [false, true]);
  });

  test('are not given to a program that cannot go on, and this is said', async () => {
    const capabilities = { streaming: true, batch: true, structured: true, resume: false, mcp: true };
    const stage = new Stage({ resume: null, capabilities }).program(`inbox('hello?'); ${GOOD}`);
    const { exitCode, output } = await stage.run();
    assert.equal(exitCode, 0);
    assert.equal(stage.records().length, 1);
    assert.match(output, /✉ Ann: hello\?\n! This message was not given: Stand-in cannot go on with a session\./);
  });

  test('are not given without the name of the session, or after a turn that failed', async () => {
    const nameless = await new Stage().program("inbox('hello?'); say(END);").run();
    assert.match(nameless.output, /not given: Stand-in did not name its session/);
    const stage = new Stage().program("inbox('hello?'); say(START);");
    const failed = await stage.run();
    assert.equal(failed.exitCode, 1);
    assert.equal(stage.records().length, 1);
    assert.match(failed.output, /not given: the turn before did not end well/);
  });
});

describe('signals', () => {
  const WAITS = 'say(START); await new Promise((resolve) => setTimeout(resolve, 20000));';

  for (const [name, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]]) {
    test(`${name} reaches the program, and the exit code tells`, async () => {
      const stage = new Stage().program(WAITS);
      const { child, done } = stage.start();
      await until(() => stage.records().length === 1);
      child.kill(name);
      const { exitCode, output } = await done;
      assert.equal(exitCode, code, output);
      assert.match(output, new RegExp(`ended by ${name}`));
      assert.ok(!existsSync(`/proc/${stage.records()[0].pid}`));
    });
  }

  test('a program that stops in its own way keeps its exit code; one that calls it success does not', async () => {
    for (const [body, code] of [['process.exit(7)', 7], ['process.exit(0)', 130]]) {
      const stage = new Stage().program(`process.on('SIGINT', () => { fs.appendFileSync(records + '.int', 'x'); ${body}; }); fs.writeFileSync(records + '.on', ''); ${WAITS}`);
      const { child, done } = stage.start();
      await until(() => existsSync(stage.at('records.on')));
      child.kill('SIGINT');
      assert.equal((await done).exitCode, code);
      assert.equal(readFileSync(stage.at('records.int'), 'utf8'), 'x', 'once');
    }
  });

  test('no message starts a turn after it', async () => {
    const stage = new Stage().program(`process.on('SIGTERM', () => { say(END); process.exit(0); }); inbox('go on'); fs.writeFileSync(records + '.on', ''); ${WAITS}`);
    const { child, done } = stage.start();
    await until(() => existsSync(stage.at('records.on')));
    child.kill('SIGTERM');
    const { exitCode, output } = await done;
    assert.equal(stage.records().length, 1);
    assert.equal(exitCode, 0);
    assert.match(output, /✉ Ann: go on\n! This message was not given: the agent was ended by SIGTERM/);
  });
});
