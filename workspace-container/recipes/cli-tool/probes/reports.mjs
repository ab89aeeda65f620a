import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { program } from '../calling.mjs';

const RECORDS = [
  { id: 1, word: 'one, "two"', amount: 10 },
  { id: 2, word: 'three', amount: 2.5 },
];

export default async function reports({ sandbox, expect, options }) {
  writeFileSync(join(sandbox.data, 'records.json'), JSON.stringify(RECORDS));
  const call = program(sandbox, options);
  const stats = await call(['stats']);
  expect(stats.lines.includes('amount: sum 12.50, mean 6.25'), 'stats adds up and divides');
  expect(stats.lines.includes('word: 2 different'), 'and counts words');
  const { lines } = await call(['export']);
  expect(lines[0] === 'id,word,amount', 'the CSV has a heading');
  expect(lines[1] === '1,"one, ""two""",10', 'and quotes as RFC 4180 says');
  expect(lines.length === 3, 'and a line for each');
}
