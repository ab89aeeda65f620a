export default async function skeleton({ sandbox, expect, client }) {
  const http = client(await sandbox.serve(['node', 'src/main.js']));
  const page = await http('GET', '/');
  expect(page.status === 200 && /text\/html/.test(page.headers.get('content-type')), 'GET / answers a page');
  expect((await http('GET', '/api/health')).json?.status === 'ok', 'GET /api/health says ok');
  for (const path of ['/..%2fpackage.json', '/%2e%2e/package.json', '/src/main.js', '/package.json']) {
    expect((await http('GET', path)).status === 404, `${path} is not served`);
  }
}
