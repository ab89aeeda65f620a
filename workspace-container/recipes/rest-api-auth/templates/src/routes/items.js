// The {{labels}}: list, add, read, replace, remove. All of it needs a token.
import { join } from 'node:path';
import { Collection } from '../collection.js';
import { HttpError, badInput } from '../http.js';
import { validate } from '../{{entity}}.js';

const LIMIT = 100; // {{labels}} on one page

function page(query) {
  const limit = Number(query.get('limit') ?? 20);
  const offset = Number(query.get('offset') ?? 0);
  const fields = {};
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMIT) {
    fields.limit = `must be a whole number from 1 to ${LIMIT}`;
  }
  if (!Number.isInteger(offset) || offset < 0) {
    fields.offset = 'must be a whole number from 0';
  }
  if (Object.keys(fields).length > 0) throw badInput(fields);
  return { limit, offset };
}

async function {{item}}From(json) {
  const { values, problems } = validate(await json());
  if (Object.keys(problems).length > 0) throw badInput(problems);
  return values;
}

export default function {{item}}Routes({ dataDir }) {
  const {{items}} = new Collection(join(dataDir, '{{entities}}.json'));

  function existing(id) {
    const {{item}} = {{items}}.get(id);
    if (!{{item}}) throw new HttpError(404, 'not_found', `No {{label}} ${id}.`);
    return {{item}};
  }

  function read({ params }) {
    return { body: existing(params.id) };
  }

  function list({ query }) {
    const { limit, offset } = page(query);
    const all = {{items}}.all();
    const shown = all.slice(offset, offset + limit);
    return { body: { items: shown, total: all.length } };
  }

  async function add({ json, accountId }) {
    const values = await {{item}}From(json);
    const {{item}} = {{items}}.add({ ...values, createdBy: accountId });
    const location = `/{{entities}}/${{{item}}.id}`;
    return { status: 201, body: {{item}}, headers: { location } };
  }

  async function replace({ params, json }) {
    const values = await {{item}}From(json);
    existing(params.id);
    return { body: {{items}}.replace(params.id, values) };
  }

  function remove({ params }) {
    existing(params.id);
    {{items}}.remove(params.id);
    return { status: 204 };
  }

  const one = '/{{entities}}/:id';
  return [
    { method: 'GET', path: '/{{entities}}', handle: list },
    { method: 'POST', path: '/{{entities}}', handle: add },
    { method: 'GET', path: one, handle: read },
    { method: 'PUT', path: one, handle: replace },
    { method: 'DELETE', path: one, handle: remove },
  ];
}
