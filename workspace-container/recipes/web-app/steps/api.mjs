// Developer: the records, their validation and the API under the page.
import { passages } from '../../lib/javascript.mjs';
import { sample } from '../../lib/parameters.mjs';

export default async function api(step) {
  const { names, fields } = step;
  const more = passages(fields, names.item);
  await step.template(`src/${names.entity}.js`, `what a ${names.label} is`, { from: 'src/item.js', more });
  await step.template(`test/${names.entity}.test.js`, 'each field, right and wrong', { from: 'test/item.test.js', more });
  await step.run('node', ['--test', `test/${names.entity}.test.js`]);
  await step.template('src/records.js', 'kept in a file');
  await step.template(`src/routes/${names.entities}.js`, 'list, add, replace, remove', { from: 'src/routes/items.js' });
  const path = `/api/${names.entities}`;
  await step.serving('node', ['src/main.js'], async (http) => {
    const added = await http('POST', path, sample(fields));
    step.expect(added.status === 201, `a ${names.label} is added`);
    step.expect((await http('POST', path, {})).status === 400, 'an empty one is refused');
    step.expect((await http('PUT', `${path}/${added.json.id}`, sample(fields, 1))).status === 200, 'replaced');
    step.expect((await http('DELETE', `${path}/${added.json.id}`)).status === 204, 'removed');
  });
  await step.commit(`feat: API for ${names.labels}`);
}
