export default async function guide({ sandbox, expect, client, options, fields, has }) {
  if (!expect(has('README.md'), 'README.md is there')) return;
  const readme = sandbox.read('README.md');
  expect(readme.includes('node src/main.js') && readme.includes('node --test test/'), 'it says how to start and how to test');
  expect(fields.every(({ name }) => readme.includes(`\`${name}\``)), 'it names every field');
  const http = client(await sandbox.serve(['node', 'src/main.js']));
  const said = [...readme.matchAll(/^ {4}(GET|POST) (\/\S*) -> (\d{3})$/gm)];
  expect(said.length === 4, `it shows ${said.length} calls`);
  for (const [, method, path, status] of said.filter(([, name]) => name === 'GET')) {
    expect((await http(method, path)).status === Number(status), `${method} ${path} answers ${status}, as it says`);
  }
  expect(said.some(([, , path]) => path === `/api/${options.entities}`), `it shows /api/${options.entities}`);
}
