// Designer: the page itself, usable by keyboard and screen reader.
import { pagePassages } from '../page.mjs';

export default async function page(step) {
  const more = pagePassages(step.fields);
  await step.template('public/index.html', 'form and table', { from: 'public/page.html', more });
  await step.template('public/style.css', 'light and dark');
  await step.template('public/app.js', 'without a framework', { more });
  await step.template('test/page.test.js', 'what a screen reader needs', { more });
  await step.run('node', ['--check', 'public/app.js']);
  await step.run('node', ['--test', 'test/page.test.js']);
  await step.serving('node', ['src/main.js'], async (http) => {
    for (const name of ['', 'style.css', 'app.js', 'icon.svg']) {
      step.expect((await http('GET', `/${name}`)).status === 200, `/${name} is served`);
    }
  });
  await step.commit(`feat: page for ${step.names.labels}`);
}
