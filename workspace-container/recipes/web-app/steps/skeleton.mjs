// Architect: a server that serves a first page, and the places where the others put theirs.

export default async function skeleton(step) {
  step.say(`One small server, one page for ${step.names.labels}, one API. The routes lie in a folder of their own and the`);
  step.say('page in another, so that page and API can be built at the same time.');
  await step.template('package.json', 'no dependencies');
  await step.template('.gitignore', 'records stay out of git', { from: 'gitignore' });
  await step.template('src/server.js', 'files and routes');
  await step.template('src/routes/health.js');
  await step.template('src/main.js', 'the start');
  if (!step.has('public/app.js')) await step.template('public/index.html', 'a first page');
  await step.template('public/icon.svg');
  for (const file of ['server', 'main', 'routes/health']) await step.run('node', ['--check', `src/${file}.js`]);
  await step.serving('node', ['src/main.js'], async (http) => {
    step.expect((await http('GET', '/')).text.includes(`<h1>${step.names.Labels}</h1>`), 'the page is served');
    step.expect((await http('GET', '/api/health')).json?.status === 'ok', 'the API answers');
    step.expect((await http('GET', '/..%2fpackage.json')).status === 404, 'nothing outside public/ is served');
  });
  await step.commit(`feat: server and first page for ${step.names.labels}`);
}
