// Tester: the program as a person at a terminal meets it, and proof that these tests can fail.
import { language } from '../languages.mjs';
import { cliPassages } from '../passages.mjs';

const BREAK = {
  node: ['renameSync(next, this.#file);', '// renameSync(next, this.#file);'],
  python: ['os.replace(following, self._file)', 'pass  # os.replace(following, self._file)'],
};

export default async function tests(step) {
  const lang = language(step);
  await step.template(lang.test('cli'), 'from the outside', { from: lang.from(lang.test('cli')), more: cliPassages(step.fields) });
  for (const path of [lang.modelTest, lang.test('reports'), lang.test('cli')]) await step.run(...lang.runTests(path), { env: lang.env });
  step.heading('can these tests fail?');
  const path = lang.file('src/store');
  const right = step.read(path);
  await step.edit(path, [BREAK[lang.name]], 'for a moment: nothing is kept');
  try {
    const { exitCode } = await step.run(...lang.runTests(lang.test('cli')), { env: lang.env, tolerate: true, show: false });
    step.expect(exitCode !== 0, 'the tests notice that nothing is kept');
  } finally {
    await step.write(path, right, 'and back');
  }
  await step.commit(`test: the tool for ${step.names.labels} from outside`);
}
