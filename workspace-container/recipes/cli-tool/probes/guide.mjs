// The README's session, had once more.
import { program } from '../calling.mjs';

export default async function guide({ sandbox, expect, options, fields, has }) {
  if (!expect(has('README.md'), 'README.md is there')) return;
  const readme = sandbox.read('README.md');
  expect(fields.every(({ name }) => readme.includes(`\`--${name}\``)), 'it names every option');
  const call = program(sandbox, options);
  let shown = [];
  const sessions = [];
  for (const line of readme.split('\n').filter((text) => text.startsWith('    '))) {
    if (line.startsWith('    $ ')) sessions.push({ words: split(line.slice(6)), shown: (shown = []) });
    else if (sessions.length > 0) shown.push(line.slice(4));
  }
  expect(sessions.length === 5, `its session has ${sessions.length} calls`);
  for (const { words, shown: wanted } of sessions) {
    const { exitCode, lines } = await call(words.slice(1));
    const said = lines.map((line) => line.trimEnd()).filter(Boolean);
    expect(exitCode === 0 && said.every((line, index) => line === wanted[index]?.trimEnd()), `${words[1]} prints what the README shows`);
  }
}

const split = (line) => [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
