import { survey } from '../inspect.mjs';

export default async function counted({ sandbox, expect, has }) {
  if (!expect(has('reports/survey.json'), 'reports/survey.json is there')) return;
  const said = JSON.parse(sandbox.read('reports/survey.json'));
  const counted = survey(sandbox.tree);
  for (const name of ['files', 'lines', 'testFiles']) expect(said[name] === counted[name], `${name}: ${said[name]} said, ${counted[name]} counted`);
  expect(JSON.stringify(said.languages) === JSON.stringify(counted.languages), 'languages as counted');
  expect(JSON.stringify(said.runners) === JSON.stringify(counted.runners), 'runners as found');
}
