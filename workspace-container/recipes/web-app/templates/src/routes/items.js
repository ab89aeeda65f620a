// /api/{{entities}}: list, add, replace, remove.
import { join } from 'node:path';
import { Records } from '../records.js';
import { HttpError } from '../server.js';
import { validate } from '../{{entity}}.js';

export default function {{item}}Routes({ dataDir }) {
  const {{items}} = new Records(join(dataDir, '{{entities}}.json'));

  function known(id) {
    if (!{{items}}.has(id)) throw new HttpError(404, 'No such {{label}}.');
    return id;
  }

  async function valid(json) {
    const { values, problems } = validate(await json());
    if (Object.keys(problems).length > 0) {
      throw new HttpError(400, 'Some fields are not valid.', problems);
    }
    return values;
  }

  async function add({ json }) {
    return { status: 201, body: {{items}}.put(await valid(json)) };
  }

  async function replace({ params, json }) {
    const values = await valid(json);
    return { body: {{items}}.put(values, known(params.id)) };
  }

  function remove({ params }) {
    {{items}}.remove(known(params.id));
    return { status: 204 };
  }

  const path = '/api/{{entities}}';
  const list = () => ({ body: { items: {{items}}.all() } });
  return [
    { method: 'GET', path, handle: list },
    { method: 'POST', path, handle: add },
    { method: 'PUT', path: `${path}/:id`, handle: replace },
    { method: 'DELETE', path: `${path}/:id`, handle: remove },
  ];
}
