// Tester: the whole API over HTTP, and proof that these tests can fail.
import { passages } from '../../lib/javascript.mjs';

export default async function tests(step) {
  const { names, fields } = step;
  await step.template('test/api.test.js', 'the whole API over HTTP', { more: passages(fields, names.item) });
  await step.run('node', ['--test', 'test/']);
  step.heading('can these tests fail?');
  const path = 'src/server.js';
  const right = step.read(path);
  const guard = 'route.open ? undefined : authenticate(request, context)';
  step.expect(right.includes(guard), `${path} asks who it is`);
  await step.edit(path, [[guard, "'anybody'"]], 'for a moment: let everybody in');
  try {
    const { exitCode } = await step.run('node', ['--test', 'test/api.test.js'], { tolerate: true, show: false });
    step.expect(exitCode !== 0, 'the tests notice that the door is open');
  } finally {
    await step.edit(path, [["'anybody'", guard]], 'and back');
  }
  step.expect(step.read(path) === right, `${path} is as it was`);
  await step.commit(`test: the API for ${names.labels} from outside`);
}
