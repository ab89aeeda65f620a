// Developer: adding, listing and removing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sample } from '../../lib/parameters.mjs';
import { language } from '../languages.mjs';
import { cliPassages, typed } from '../passages.mjs';

export default async function records(step) {
  const { names, fields } = step;
  const lang = language(step);
  const more = cliPassages(fields);
  await step.template(lang.model, `what a ${names.label} is`, { from: lang.from(lang.file('src/item')), more });
  await step.template(lang.modelTest, 'each option, right and wrong', { from: lang.from(lang.test('item')), more });
  await step.run(...lang.runTests(lang.modelTest), { env: lang.env });
  for (const name of ['add', 'list', 'remove']) {
    await step.template(lang.command(name), '', { from: lang.from(lang.command(name)) });
    await step.run(...lang.syntax(lang.command(name)));
  }
  const folder = mkdtempSync(join(tmpdir(), 'orchflow-try-'));
  try {
    const env = { ...lang.env, [names.ENV]: join(folder, 'try.json') };
    const words = Object.entries(typed(sample(fields))).map(([name, value]) => `--${name}=${value}`);
    await step.run(...lang.call(['add', ...words]), { env });
    const list = await step.run(...lang.call(['list']), { env });
    step.expect(list.lines.at(-1) === `1 ${names.label}`, `the ${names.label} is in the list`);
    await step.run(...lang.call(['remove', '1']), { env });
  } finally {
    rmSync(folder, { recursive: true });
  }
  await step.commit(`feat: add, list and remove ${names.labels}`);
}
