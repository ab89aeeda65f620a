// Runs the repository's tests once more, elsewhere, and compares.
import { counts, files, runners } from '../inspect.mjs';

export default async function again({ sandbox, expect, has }) {
  if (!expect(has('reports/tests.json'), 'reports/tests.json is there')) return;
  const said = JSON.parse(sandbox.read('reports/tests.json'));
  const found = runners(sandbox.tree, files(sandbox.tree));
  expect(said.length === found.length, `${said.length} runs said, ${found.length} found`);
  for (const [index, { name, argv }] of found.entries()) {
    const { exitCode, lines } = await sandbox.run(argv, { seconds: 600 });
    const { passed, failed } = counts(lines);
    const one = said[index] ?? {};
    expect((one.exitCode === 0) === (exitCode === 0), `${name}: ended with ${exitCode}, said ${one.exitCode}`);
    expect(one.passed === passed && one.failed === failed, `${name}: ${passed} passed, ${failed} failed; said ${one.passed}, ${one.failed}`);
  }
}
