// Reviewer: problems that can be seen by reading.
import { findings } from '../inspect.mjs';

export default async function look(step) {
  step.heading('common problems');
  const found = findings(step.cwd);
  for (const { kind, path, detail } of found) step.say(`${kind.padEnd(10)} ${path ? `${path}: ` : ''}${detail}`);
  if (found.length === 0) step.say('none of those looked for');
  await step.write('reports/findings.json', `${JSON.stringify(found, null, 2)}\n`, 'for the report');
  await step.commit('docs: findings');
}
