import { sample, wrongValue } from '../../lib/parameters.mjs';

export default async function api({ sandbox, expect, client, options, fields }) {
  const path = `/api/${options.entities}`;
  let http = client(await sandbox.serve(['node', 'src/main.js']));
  const added = await http('POST', path, sample(fields));
  expect(added.status === 201 && same(added.json, sample(fields)), `POST ${path} answers 201 with what was sent`);
  for (const { name } of fields.filter(({ required }) => required)) {
    const { [name]: _left, ...rest } = sample(fields);
    const { status, json } = await http('POST', path, rest);
    expect(status === 400 && json?.fields?.[name], `without ${name}: 400, and it is named`);
  }
  for (const field of fields) {
    const { status, json } = await http('POST', path, { ...sample(fields), [field.name]: wrongValue(field) });
    expect(status === 400 && Object.keys(json?.fields ?? {}).join() === field.name, `a wrong ${field.name}: 400, and it is named`);
  }
  expect((await http('POST', path, 'title=x', { 'content-type': 'text/plain' })).status === 415, 'a form of another site: 415');
  const one = `${path}/${added.json?.id}`;
  expect((await http('PUT', one, sample(fields, 1))).status === 200, 'PUT answers 200');
  await sandbox.kill();
  http = client(await sandbox.serve(['node', 'src/main.js']));
  const list = await http('GET', path);
  expect(list.json?.items?.length === 1 && same(list.json.items[0], sample(fields, 1)), 'after kill -9 the change is there');
  expect((await http('DELETE', one)).status === 204 && (await http('GET', path)).json?.items?.length === 0, 'DELETE removes it');
}

const same = (record, values) => Object.entries(values).every(([name, value]) => record?.[name] === value);
