// The app over HTTP, on a server and a data folder of its own.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createServer } from '../src/server.js';

const {{item}} = {{sample}};
const other = {{otherSample}};
const api = '/api/{{entities}}';

let dataDir;
let server;
let id;

async function start() {
  server = await createServer({ dataDir });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
}

async function stop() {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
}

async function call(method, path, body, type = 'application/json') {
  const headers = body === undefined ? {} : { 'content-type': type };
  const url = `http://127.0.0.1:${server.address().port}${path}`;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await fetch(url, { method, headers, body: text });
  const content = await answer.text();
  const json = /json/.test(answer.headers.get('content-type')) && content;
  const { status } = answer;
  return { status, text: content, body: json ? JSON.parse(json) : undefined };
}

before(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'app-'));
  await start();
});

after(async () => {
  await stop();
  await rm(dataDir, { recursive: true });
});

test('the page and everything it names is served', async () => {
  const { text } = await call('GET', '/');
  for (const [, name] of text.matchAll(/(?:href|src)="([\w.]+)"/g)) {
    assert.equal((await call('GET', `/${name}`)).status, 200, name);
  }
});

test('nothing outside public/ is served', async () => {
  for (const path of ['/../package.json', '/..%2fpackage.json', '/x.js']) {
    assert.equal((await call('GET', path)).status, 404, path);
  }
});

test('a {{label}} is added', async () => {
  const { status, body } = await call('POST', api, {{item}});
  assert.equal(status, 201);
  id = body.id;
  assert.deepEqual(body, { id, ...{{item}} });
});

test('what is missing is named', async () => {
  const { status, body } = await call('POST', api, {});
  assert.equal(status, 400);
  assert.deepEqual(body.fields, {{missing}});
});

test('a form from another site cannot add one', async () => {
  const { status } = await call('POST', api, 'a=b', 'text/plain');
  assert.equal(status, 415);
});

test('a {{label}} is replaced, and there after a restart', async () => {
  assert.equal((await call('PUT', `${api}/${id}`, other)).status, 200);
  await stop();
  await start();
  const { body } = await call('GET', api);
  assert.deepEqual(body.items, [{ id, ...other }]);
});

test('a {{label}} is removed once', async () => {
  assert.equal((await call('DELETE', `${api}/${id}`)).status, 204);
  assert.equal((await call('DELETE', `${api}/${id}`)).status, 404);
});
