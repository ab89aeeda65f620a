// The entity's routes. The token is signed here with the key the server was given: the accounts are somebody else's work.
import { createHmac } from 'node:crypto';
import { sample, wrongValue } from '../../lib/parameters.mjs';

const SECRET = 'known to the probe and the server only';

export default async function records({ sandbox, expect, client, options, fields }) {
  const path = `/${options.entities}`;
  const env = { TOKEN_SECRET: SECRET };
  let http = client(await sandbox.serve(['node', 'src/main.js'], env));
  const bearer = { authorization: `Bearer ${token(SECRET, 600)}` };
  for (const [who, headers] of strangers()) {
    const answers = await Promise.all([http('GET', path, undefined, headers), http('POST', path, sample(fields), headers)]);
    expect(answers.every(({ status }) => status === 401), `${who}: 401`);
  }
  const added = await http('POST', path, sample(fields), bearer);
  expect(added.status === 201 && added.json?.id, `POST ${path} answers 201 with an id`);
  expect(same(added.json, sample(fields)), 'with every value that was sent');
  const one = `${path}/${added.json?.id}`;
  expect(added.headers.get('location') === one, 'and says where it lies');
  for (const { name, required } of fields) {
    const { [name]: _left, ...rest } = sample(fields);
    const { status, json } = await http('POST', path, rest, bearer);
    expect(required ? status === 400 && json?.fields?.[name] : status === 201, `without ${name}: ${required ? 400 : 201}`);
  }
  for (const field of fields) {
    const { status, json } = await http('POST', path, { ...sample(fields), [field.name]: wrongValue(field) }, bearer);
    expect(status === 400 && Object.keys(json?.fields ?? {}).join() === field.name, `a wrong ${field.name} answers 400 and names it`);
  }
  expect((await http('PUT', one, sample(fields, 1), bearer)).status === 200, 'PUT answers 200');
  await sandbox.kill();
  http = client(await sandbox.serve(['node', 'src/main.js'], env));
  expect(same((await http('GET', one, undefined, bearer)).json, sample(fields, 1)), 'after kill -9 and a new start the change is there');
  const { json } = await http('GET', `${path}?limit=1`, undefined, bearer);
  const optional = fields.filter(({ required }) => !required).length;
  expect(json?.items?.length === 1 && json?.total === 1 + optional, `GET ${path}?limit=1 gives one of ${1 + optional}`);
  expect((await http('DELETE', one, undefined, bearer)).status === 204, 'DELETE answers 204');
  expect((await http('GET', one, undefined, bearer)).status === 404, 'and then it is gone');
}

const same = (record, values) => Object.entries(values).every(([name, value]) => record?.[name] === value);

function token(secret, seconds) {
  const claims = { sub: 'probe', exp: Math.floor(Date.now() / 1000) + seconds };
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${payload}.${createHmac('sha256', secret).update(payload).digest('base64url')}`;
}

function strangers() {
  return [
    ['nobody', {}],
    ['a forged token', { authorization: `Bearer ${token('another key', 600)}` }],
    ['an expired token', { authorization: `Bearer ${token(SECRET, -1)}` }],
  ];
}
