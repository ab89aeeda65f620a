// Architect: the contract, and a server that runs before it can do anything else.
import { openapi } from '../openapi.mjs';

export default async function contract(step) {
  step.say(`The API keeps ${step.names.labels}. First the contract everybody builds against, then a server`);
  step.say('that finds its routes in a folder, so that others can add theirs without meeting.');
  await step.write('docs/openapi.json', `${JSON.stringify(openapi(step.names, step.fields), null, 2)}\n`, 'the contract');
  await step.template('package.json', 'no dependencies');
  await step.template('.gitignore', 'records stay out of git', { from: 'gitignore' });
  await step.template('src/http.js', 'reading and answering');
  await step.template('src/tokens.js', 'signed, expiring tokens');
  await step.template('src/collection.js', 'records in a file');
  await step.template('src/server.js', 'routing and the check of who asks');
  await step.template('src/routes/health.js');
  await step.template('src/main.js', 'the start');
  for (const file of ['http', 'tokens', 'collection', 'server', 'main']) {
    await step.run('node', ['--check', `src/${file}.js`]);
  }
  await step.serving('node', ['src/main.js'], async (http) => {
    step.expect((await http('GET', '/health')).json?.status === 'ok', 'the bare server says it is well');
    step.expect((await http('GET', '/nothing')).status === 404, 'an unknown path is 404, as JSON');
    step.expect((await http('POST', '/health', {})).status === 405, 'a wrong method is 405');
  });
  await step.commit(`feat: contract and server skeleton for ${step.names.labels}`);
}
