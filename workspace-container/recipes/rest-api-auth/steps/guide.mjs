// Documenter: a README whose example was really run.
import { passages } from '../../lib/javascript.mjs';

const TYPES = {
  text: 'text, at most 500 characters',
  integer: 'whole number',
  number: 'number',
  money: 'amount from 0, two decimals',
  boolean: 'true or false',
  date: 'date, YYYY-MM-DD',
  email: 'e-mail address',
};

export default async function guide(step) {
  const { names, fields } = step;
  await step.template('examples/tour.mjs', 'a walk through the API', { more: passages(fields, names.item) });
  const output = await step.serving('node', ['src/main.js'], async (http) => {
    const { headers } = await http('GET', '/health');
    step.expect(headers.get('content-type').startsWith('application/json'), 'the server is up');
    return (await step.run('node', ['examples/tour.mjs', http.origin])).lines;
  });
  const rows = fields.map(({ name, type, required }) => `| \`${name}\` | ${TYPES[type]} | ${required ? 'yes' : 'no'} |`);
  const more = {
    tourOutput: output.map((text) => `    ${steady(text)}`).join('\n'),
    fieldRows: ['| field | value | required |', '|---|---|---|', ...rows].join('\n'),
  };
  await step.template('README.md', 'how to run, try and test it', { more });
  await step.commit('docs: how to run and try it');
}

/** What differs at every run is left out, so that the page is the same when it is written again. */
function steady(text) {
  return text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, '1b9d6bcd-…')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '2026-01-01T12:00:00.000Z');
}
