// Developer: the entity itself, its validation and its routes.
import { passages } from '../../lib/javascript.mjs';
import { sample } from '../../lib/parameters.mjs';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

export default async function items(step) {
  const { names, fields } = step;
  const more = passages(fields, names.item);
  await step.template(`src/${names.entity}.js`, `what a ${names.label} is`, { from: 'src/item.js', more });
  await step.template(`test/${names.entity}.test.js`, 'each field, right and wrong', { from: 'test/item.test.js', more });
  await step.run('node', ['--test', `test/${names.entity}.test.js`]);
  await step.template(`src/routes/${names.entities}.js`, 'five routes, all behind the token', { from: 'src/routes/items.js' });
  await step.run('node', ['--check', `src/routes/${names.entities}.js`]);
  const { issue } = await import(pathToFileURL(join(step.cwd, 'src/tokens.js')));
  const { token } = issue('the-developer', 'a secret for this try');
  const authorization = `Bearer ${token}`;
  const path = `/${names.entities}`;
  await step.serving('node', ['src/main.js'], async (http) => {
    step.expect((await http('GET', path)).status === 401, 'without a token: 401');
    const added = await http('POST', path, sample(fields), { authorization });
    step.expect(added.status === 201, `a ${names.label} is added`);
    step.expect((await http('POST', path, {}, { authorization })).status === 400, 'an empty one is refused');
    const location = added.headers.get('location');
    step.expect((await http('PUT', location, sample(fields, 1), { authorization })).status === 200, 'replaced');
    step.expect((await http('GET', path, undefined, { authorization })).json?.total === 1, 'listed');
    step.expect((await http('DELETE', location, undefined, { authorization })).status === 204, 'removed');
  }, { TOKEN_SECRET: 'a secret for this try' });
  await step.commit(`feat: ${names.labels} with validation`);
}
