import { findings } from '../inspect.mjs';

export default async function again({ sandbox, expect, has }) {
  if (!expect(has('reports/findings.json'), 'reports/findings.json is there')) return;
  const said = JSON.parse(sandbox.read('reports/findings.json'));
  const found = findings(sandbox.tree);
  expect(JSON.stringify(said) === JSON.stringify(found), `${said.length} findings said, ${found.length} found again`);
}
