import assert from 'node:assert/strict';
import { test } from 'node:test';
import { read } from '../src/{{entity}}.js';

const options = {{optionSample}};

test('the values of a {{label}} are read from text', () => {
  const { values, problems } = read(options);
  assert.deepEqual(problems, []);
  assert.deepEqual(values, {{sample}});
});

test('what is required is asked for', () => {
  assert.deepEqual(read({}).problems, {{requiredProblems}});
});

test('an unknown option is named', () => {
  const { problems } = read({ ...options, wrong: 'x' });
  assert.deepEqual(problems, ['--wrong is unknown']);
});
{{readerTests}}
