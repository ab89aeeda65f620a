import assert from 'node:assert/strict';
import { test } from 'node:test';
import { validate } from '../src/{{entity}}.js';

const {{item}} = {{sample}};

test('a complete {{label}} is accepted as it is', () => {
  assert.deepEqual(validate({{item}}), { values: {{item}}, problems: {} });
});

test('each required field is asked for', () => {
  const { problems } = validate({});
  assert.deepEqual(problems, {{missing}});
});

test('a field that does not exist is refused', () => {
  const { problems } = validate({ ...{{item}}, admin: true });
  assert.deepEqual(problems, { admin: 'is not a field' });
});
{{fieldTests}}
