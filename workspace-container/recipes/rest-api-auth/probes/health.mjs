export default async function health({ sandbox, expect, client }) {
  const http = client(await sandbox.serve(['node', 'src/main.js']));
  const well = await http('GET', '/health');
  expect(well.status === 200 && well.json?.status === 'ok', 'GET /health answers 200 and says ok');
  const nothing = await http('GET', '/no-such-path');
  expect(nothing.status === 404 && typeof nothing.json?.error === 'string', 'an unknown path answers 404 as JSON');
  const wrong = await http('DELETE', '/health');
  expect(wrong.status === 405 && /GET/.test(wrong.headers.get('allow') ?? ''), 'a wrong method answers 405 and says which is right');
}
