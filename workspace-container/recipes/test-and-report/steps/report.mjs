// Documenter: one page from what the others measured.
import { page } from '../page.mjs';

export default async function report(step) {
  const read = (name) => JSON.parse(step.read(`reports/${name}.json`));
  const text = page(read('survey'), read('tests'), read('findings'));
  await step.write('REPORT.md', text, 'what was measured');
  await step.commit('docs: report');
}
