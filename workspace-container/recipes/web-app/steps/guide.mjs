// Documenter: a README with what was really seen.
import { sample } from '../../lib/parameters.mjs';
import { pagePassages } from '../page.mjs';

export default async function guide(step) {
  const { names, fields } = step;
  const path = `/api/${names.entities}`;
  const seen = await step.serving('node', ['src/main.js'], async (http) => {
    const lines = [];
    for (const [method, where, body] of [['GET', '/'], ['POST', path, sample(fields)], ['POST', path, {}], ['GET', path]]) {
      lines.push(`    ${method} ${where} -> ${(await http(method, where, body)).status}`);
    }
    return lines.join('\n');
  });
  await step.template('README.md', 'how to run and test it', { more: { ...pagePassages(fields), seen } });
  await step.commit('docs: how to run and test it');
}
