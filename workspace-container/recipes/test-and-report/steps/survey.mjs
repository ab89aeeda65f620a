// Architect: what is here, and how its tests are run.
import { survey } from '../inspect.mjs';

export default async function look(step) {
  step.heading('what the repository holds');
  const seen = survey(step.cwd);
  if (seen.files === 0) step.fail('the repository is empty: there is nothing to test');
  step.say(`${seen.files} files, ${seen.lines} lines, ${seen.testFiles} of the files are tests`);
  for (const [name, { files, lines }] of Object.entries(seen.languages)) {
    step.say(`${name.padEnd(12)} ${String(files).padStart(5)} files ${String(lines).padStart(7)} lines`);
  }
  step.heading('how its tests are run');
  if (seen.runners.length === 0) step.say('no way to run tests was found');
  for (const { name, argv } of seen.runners) step.say(`${name}: ${argv.join(' ')}`);
  await step.run('git', ['--no-pager', 'log', '--oneline', '-8'], { tolerate: true });
  await step.write('reports/survey.json', `${JSON.stringify(seen, null, 2)}\n`, 'for the others');
  await step.commit('docs: survey of the repository');
}
