import { sample } from '../../lib/parameters.mjs';
import { program } from '../calling.mjs';
import { typed, wrongText } from '../passages.mjs';

export default async function records({ sandbox, expect, options, fields }) {
  const call = program(sandbox, options);
  const words = (record) => Object.entries(typed(record)).map(([name, value]) => `--${name}=${value}`);
  expect((await call(['add', ...words(sample(fields))])).exitCode === 0, 'a record is added');
  const spaced = Object.entries(typed(sample(fields, 1))).flatMap(([name, value]) => [`--${name}`, value]);
  expect((await call(['add', ...spaced])).exitCode === 0, 'and another, with blanks instead of =');
  for (const { name } of fields.filter(({ required }) => required)) {
    const { [name]: _left, ...rest } = sample(fields);
    const { exitCode, lines } = await call(['add', ...words(rest)]);
    expect(exitCode === 2 && lines.join().includes(`--${name}`), `without --${name}: 2, and it is named`);
  }
  for (const field of fields) {
    const { exitCode, lines } = await call(['add', ...words({ ...typed(sample(fields)), [field.name]: wrongText(field) })]);
    expect(exitCode === 2 && lines.join().includes(`--${field.name}`), `a wrong --${field.name}: 2, and it is named`);
  }
  expect((await call(['add', ...words(sample(fields)), '--nosuch=1'])).exitCode === 2, 'an unknown option: 2');
  const { lines } = await call(['list', '--json', 'yes']);
  const kept = JSON.parse(lines.join(''));
  expect(kept.length === 2 && kept.every((record, index) => same(record, sample(fields, index))), 'exactly the two good ones are kept, value by value');
  expect((await call(['remove', '1'])).exitCode === 0 && (await call(['remove', '1'])).exitCode === 2, 'a record is removed once');
  expect(JSON.parse((await call(['list', '--json', 'yes'])).lines.join('')).length === 1, 'one is left');
}

const same = (record, values) => Object.entries(values).every(([name, value]) => record?.[name] === value);
