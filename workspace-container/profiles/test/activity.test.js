// What orchflow is told, and that a listener who is slow, ill or away never disturbs the run.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Activity } from '../lib/activity.mjs';
import { Stage, fixture, listener, until } from './stage.mjs';

const event = (number) => ({ kind: 'message', text: `event ${number}` });
const fill = (activity, count) => {
  for (let number = 1; number <= count; number++) activity.push(event(number));
};
const wait = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

test('a real run is told in order, with its key', async () => {
  const server = await listener();
  const stage = new Stage().program(`play(${JSON.stringify(fixture('codex-work'))})`);
  const { exitCode, output } = await stage.run({ env: { ORCHFLOW_MODEL_ADDRESS: server.address } });
  assert.equal(exitCode, 0, output);
  assert.ok(server.requests.every(({ method, path, key }) => `${method} ${path} ${key}` === 'POST /orchflow/v1/activity Bearer token-of-the-task'));
  const events = server.events();
  assert.deepEqual(events.map(({ kind }) => kind).slice(0, 5), ['session', 'error', 'message', 'command', 'output']);
  assert.ok(events.some(({ kind, text }) => kind === 'output' && text === 'exit 3 · 120'));
  assert.deepEqual(Object.keys(events.at(-1)), ['kind', 'text', 'at']);
  assert.match(events.at(-1).text, /tokens in, \d+ out/);
  for (const { at } of events) assert.equal(new Date(at).toISOString(), at);
});

test('at most 50 events a request, one request at a time, in order', async () => {
  const server = await listener(async () => {
    await wait(20);
    return 204;
  });
  const activity = new Activity(server.address, 'key');
  fill(activity, 120);
  await until(() => server.events().length === 120);
  await activity.close();
  assert.deepEqual(server.events().map(({ text }) => text), Array.from({ length: 120 }, (_, index) => `event ${index + 1}`));
  assert.ok(server.requests.every(({ events }) => events.length <= 50));
  assert.equal(server.most(), 1);
});

test('text is one line of at most 300 characters, without controls and without the key', async () => {
  const server = await listener();
  const activity = new Activity(server.address, 'secret-key');
  activity.push({ kind: 'message', text: `a\n\tb \u001b[2J secret-key ${'界'.repeat(400)}` });
  await activity.close();
  const [{ text }] = server.events();
  assert.equal([...text].length, 300);
  assert.match(text, /^a b ␛\[2J •{8} 界+…$/);
});

describe('a listener that is', () => {
  test('away: the run goes on, and ends without waiting', async () => {
    const stage = new Stage().program(`play(${JSON.stringify(fixture('codex-work'))})`);
    const { exitCode, output } = await stage.run({ env: { ORCHFLOW_MODEL_ADDRESS: '127.0.0.1:1' } });
    assert.equal(exitCode, 0, output);
    assert.doesNotMatch(output, /ECONNREFUSED|activity/);
  });

  test('silent: the end waits for half a second and no longer', async () => {
    const server = await listener(() => new Promise(() => {}));
    const activity = new Activity(server.address, 'key');
    fill(activity, 3);
    await until(() => server.requests.length === 1);
    fill(activity, 3);
    const started = performance.now();
    await activity.close();
    const took = performance.now() - started;
    assert.ok(took > 400 && took < 1500, `${took} ms`);
    assert.equal(server.requests.length, 1);
  });

  test('ill: asked again after a pause, with nothing lost and nothing twice', async () => {
    const server = await listener((count) => (count === 1 ? 500 : 204));
    const activity = new Activity(server.address, 'key', { pauseMillis: 300 });
    fill(activity, 2);
    await until(() => server.requests.length === 1);
    fill(activity, 1);
    await until(() => server.requests.length === 2);
    await activity.close();
    assert.ok(server.requests[1].at - server.requests[0].at >= 290);
    assert.deepEqual(server.requests[1].events.map(({ text }) => text), ['event 1', 'event 2', 'event 1']);
  });

  test('refusing: what it refuses is not sent again', async () => {
    const server = await listener((count) => (count === 1 ? 400 : 204));
    const activity = new Activity(server.address, 'key', { pauseMillis: 50 });
    fill(activity, 2);
    await until(() => server.requests.length === 1);
    activity.push(event(3));
    await until(() => server.requests.length === 2);
    await activity.close();
    assert.deepEqual(server.requests[1].events.map(({ text }) => text), ['2 earlier events were dropped', 'event 3']);
  });

  test('slow: beyond 200 waiting the oldest are dropped, and counted', async () => {
    let release;
    const held = new Promise((resolve) => (release = resolve));
    const server = await listener(async (count) => {
      if (count === 1) await held;
      return 204;
    });
    const activity = new Activity(server.address, 'key');
    fill(activity, 1);
    await until(() => server.requests.length === 1);
    fill(activity, 230);
    release();
    await until(() => server.events().length >= 202);
    await activity.close();
    const texts = server.events().map(({ text }) => text);
    assert.deepEqual(texts.slice(0, 3), ['event 1', '30 earlier events were dropped', 'event 31']);
    assert.equal(texts.at(-1), 'event 230');
    assert.equal(texts.length, 202);
  });
});

test('what is pushed last is sent at the end', async () => {
  const server = await listener();
  const activity = new Activity(server.address, 'key');
  fill(activity, 60);
  await activity.close();
  assert.equal(server.events().length, 60);
});

test('without an address nothing is kept', async () => {
  const activity = new Activity(undefined, undefined);
  fill(activity, 3);
  await activity.close();
});
