import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csv } from '../src/commands/export.js';
import { statistics } from '../src/commands/stats.js';

const records = [
  { id: 1, name: 'Amber, "dark"', amount: 2.5 },
  { id: 2, name: 'Birch', amount: 1.5 },
  { id: 3, name: 'Birch' },
];

test('numbers are added up, texts are counted', () => {
  assert.deepEqual(statistics(records), [
    '{{labels}}: 3',
    'amount: sum 4.00, mean 2.00',
    'name: 2 different',
  ]);
});

test('no {{labels}} are no problem', () => {
  assert.deepEqual(statistics([]), ['{{labels}}: 0']);
});

test('commas and quotes survive the CSV', () => {
  assert.equal(
    csv(records),
    'id,name,amount\r\n1,"Amber, ""dark""",2.5\r\n2,Birch,1.5\r\n3,Birch,',
  );
});
