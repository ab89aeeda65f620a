// Documenter: a README whose session was really had.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sample } from '../../lib/parameters.mjs';
import { language } from '../languages.mjs';
import { cliPassages, typed } from '../passages.mjs';

export default async function guide(step) {
  const { names, fields } = step;
  const lang = language(step);
  const folder = mkdtempSync(join(tmpdir(), 'orchflow-try-'));
  const env = { ...lang.env, [names.ENV]: join(folder, 'try.json') };
  const session = [];
  try {
    for (const words of [words0(fields, 0), words0(fields, 1), ['list'], ['stats'], ['remove', '2']]) {
      const { lines } = await step.run(...lang.call(words), { env });
      const shown = words.map((word) => (/[\s"]/.test(word) ? `'${word}'` : word)).join(' ');
      session.push(`    $ bin/${names.entities} ${shown}`, ...lines.map((line) => `    ${line}`.trimEnd()));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  await step.template('README.md', 'how to use it', { more: { ...cliPassages(fields), session: session.join('\n') } });
  await step.commit('docs: how to use it');
}

const words0 = (fields, variant) => ['add', ...Object.entries(typed(sample(fields, variant))).map(([name, value]) => `--${name}=${value}`)];
