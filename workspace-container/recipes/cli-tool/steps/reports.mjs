// Developer: statistics and CSV.
import { language } from '../languages.mjs';

export default async function reports(step) {
  const lang = language(step);
  for (const name of ['stats', 'export']) {
    await step.template(lang.command(name), '', { from: lang.from(lang.command(name)) });
    await step.run(...lang.syntax(lang.command(name)));
  }
  await step.template(lang.test('reports'), 'figures worked out by hand', { from: lang.from(lang.test('reports')) });
  await step.run(...lang.runTests(lang.test('reports')), { env: lang.env });
  const stats = await step.run(...lang.call(['stats']), { env: { ...lang.env, [step.names.ENV]: '/nonexistent/none.json' } });
  step.expect(stats.lines[0] === `${step.names.labels}: 0`, 'no file yet counts as none');
  await step.commit('feat: statistics and CSV');
}
