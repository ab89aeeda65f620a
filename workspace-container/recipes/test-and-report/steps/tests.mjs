// Tester: runs the repository's own tests and keeps what they said. Tests that fail are a result, not a failure of this step.
import { counts } from '../inspect.mjs';

const KEPT = 60; // last lines of output kept of a run that failed

export default async function tests(step) {
  const { runners } = JSON.parse(step.read('reports/survey.json'));
  const results = [];
  for (const { name, argv } of runners) {
    const { exitCode, lines, millis } = await step.run(argv[0], argv.slice(1), { tolerate: true, seconds: 600 });
    const result = { name, argv, exitCode, ...counts(lines) };
    if (exitCode === 127) result.notRun = `${argv[0]} is not on this machine`;
    else if (exitCode !== 0) result.output = lines.slice(-KEPT).map(timeless);
    results.push(result);
    step.say(`${name}: ${result.passed ?? '?'} passed, ${result.failed ?? '?'} failed, ${(millis / 1000).toFixed(1)} s`);
  }
  if (runners.length === 0) step.say('there are no tests to run; the report will say so');
  await step.write('reports/tests.json', `${JSON.stringify(results, null, 2)}\n`, 'what the tests said');
  await step.commit('docs: results of the tests');
}

/** Without times, which differ at every run. */
const timeless = (line) => line.replace(/duration_ms:? .*/, 'duration_ms').replace(/ ?\(?\b\d+(\.\d+)? ?(ms|s)\b\)?/g, '');
