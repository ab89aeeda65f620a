// The page has to say what its parts say, and the parts what can be counted here.
import { findings, survey } from '../inspect.mjs';

export default async function report({ sandbox, expect, has }) {
  if (!expect(has('REPORT.md'), 'REPORT.md is there')) return;
  const page = sandbox.read('REPORT.md');
  const counted = survey(sandbox.tree);
  expect(page.includes(`${counted.files} files, ${counted.lines} lines in all`), `it says ${counted.files} files and ${counted.lines} lines`);
  for (const [name, { files, lines }] of Object.entries(counted.languages)) {
    expect(page.includes(`| ${name} | ${files} | ${lines} |`), `${name}: ${files} files, ${lines} lines`);
  }
  const tests = JSON.parse(sandbox.read('reports/tests.json'));
  const sum = (name) => tests.reduce((all, test) => all + (test[name] ?? 0), 0);
  const said = tests.some(({ notRun }) => !notRun) ? `${sum('passed')} tests passed, ${sum('failed')} failed` : 'No tests ran';
  expect(page.includes(said), `it says "${said}"`);
  for (const { path, detail } of findings(sandbox.tree)) expect(page.includes(path ?? detail), `it names ${path ?? detail}`);
}
