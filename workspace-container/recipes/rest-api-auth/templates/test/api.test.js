// The whole API over HTTP, on a server and a data folder of its own.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createServer } from '../src/server.js';

const {{item}} = {{sample}};
const other = {{otherSample}};
const ada = { email: 'ada@example.org', password: 'correct horse' };

let dataDir;
let server;
let token;

async function start() {
  server = await createServer({ dataDir, secret: 'for this test' });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
}

async function stop() {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
}

async function call(method, path, body, bearer = token) {
  const headers = { 'content-type': 'application/json' };
  if (bearer) headers.authorization = `Bearer ${bearer}`;
  const url = `http://127.0.0.1:${server.address().port}${path}`;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await fetch(url, { method, headers, body: text });
  const content = await answer.text();
  const { status } = answer;
  return { status, body: content ? JSON.parse(content) : undefined };
}

before(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'api-'));
  await start();
});

after(async () => {
  await stop();
  await rm(dataDir, { recursive: true });
});

describe('accounts', () => {
  test('registration answers 201 and never the password', async () => {
    const { status, body } = await call('POST', '/register', ada);
    assert.equal(status, 201);
    assert.deepEqual(Object.keys(body).sort(), ['email', 'id']);
  });

  test('the same e-mail twice answers 409, in any case', async () => {
    const again = { ...ada, email: 'ADA@example.org' };
    assert.equal((await call('POST', '/register', again)).status, 409);
  });

  test('a bad e-mail and a short password are both named', async () => {
    const bad = { email: 'ada', password: 'short' };
    const { status, body } = await call('POST', '/register', bad);
    assert.equal(status, 400);
    assert.deepEqual(Object.keys(body.fields), ['email', 'password']);
  });

  test('a wrong password answers 401', async () => {
    const wrong = { ...ada, password: 'wrong horse' };
    assert.equal((await call('POST', '/login', wrong)).status, 401);
  });

  test('login gives a token that says who I am', async () => {
    const { status, body } = await call('POST', '/login', ada);
    assert.equal(status, 200);
    token = body.token;
    const me = await call('GET', '/me');
    assert.equal(me.body.email, ada.email);
  });
});

describe('{{labels}}', () => {
  let id;

  test('without a token every route answers 401', async () => {
    for (const [method, path] of [
      ['GET', '/{{entities}}'],
      ['POST', '/{{entities}}'],
      ['GET', '/{{entities}}/1'],
      ['PUT', '/{{entities}}/1'],
      ['DELETE', '/{{entities}}/1'],
    ]) {
      const body = method === 'GET' ? undefined : {{item}};
      assert.equal((await call(method, path, body, null)).status, 401);
    }
  });

  test('a {{label}} is added and read back', async () => {
    const added = await call('POST', '/{{entities}}', {{item}});
    assert.equal(added.status, 201);
    id = added.body.id;
    const read = await call('GET', `/{{entities}}/${id}`);
    assert.deepEqual(read.body, added.body);
    for (const [name, value] of Object.entries({{item}})) {
      assert.equal(read.body[name], value);
    }
  });

  test('a {{label}} without its required fields answers 400', async () => {
    const { status, body } = await call('POST', '/{{entities}}', {});
    assert.equal(status, 400);
    assert.deepEqual(body.fields, {{missing}});
  });

  test('what is not JSON answers 400', async () => {
    const { status, body } = await call('POST', '/{{entities}}', '{oops');
    assert.equal(status, 400);
    assert.equal(body.error, 'not_json');
  });

  test('a {{label}} is replaced', async () => {
    const path = `/{{entities}}/${id}`;
    assert.equal((await call('PUT', path, other)).status, 200);
    const { body } = await call('GET', path);
    for (const [name, value] of Object.entries(other)) {
      assert.equal(body[name], value);
    }
  });

  test('the list has pages and a total', async () => {
    await call('POST', '/{{entities}}', {{item}});
    const { body } = await call('GET', '/{{entities}}?limit=1&offset=1');
    assert.equal(body.items.length, 1);
    assert.equal(body.total, 2);
    const bad = await call('GET', '/{{entities}}?limit=0');
    assert.equal(bad.status, 400);
  });

  test('all of it is there after a restart', async () => {
    await stop();
    await start();
    const { body } = await call('GET', '/{{entities}}');
    assert.equal(body.total, 2);
  });

  test('a {{label}} is removed once', async () => {
    const path = `/{{entities}}/${id}`;
    assert.equal((await call('DELETE', path)).status, 204);
    assert.equal((await call('DELETE', path)).status, 404);
    assert.equal((await call('GET', path)).status, 404);
  });
});
