// Tester: the app as a browser meets it over HTTP, and proof that these tests can fail.
import { passages } from '../../lib/javascript.mjs';

export default async function tests(step) {
  await step.template('test/app.test.js', 'page and API over HTTP', { more: passages(step.fields, step.names.item) });
  await step.run('node', ['--test', 'test/']);
  step.heading('can these tests fail?');
  const path = 'src/records.js';
  const right = step.read(path);
  await step.edit(path, [['renameSync(next, this.#file);', '// renameSync(next, this.#file);']], 'for a moment: nothing is kept');
  try {
    const { exitCode } = await step.run('node', ['--test', 'test/app.test.js'], { tolerate: true, show: false });
    step.expect(exitCode !== 0, 'the tests notice that nothing is kept');
  } finally {
    await step.write(path, right, 'and back');
  }
  await step.commit(`test: the app for ${step.names.labels} over HTTP`);
}
