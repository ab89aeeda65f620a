const ada = { email: 'probe@example.org', password: 'from the outside' };

export default async function accounts({ sandbox, expect, client }) {
  let http = client(await sandbox.serve(['node', 'src/main.js']));
  const made = await http('POST', '/register', ada);
  expect(made.status === 201 && made.json?.email === ada.email, 'registration answers 201');
  expect(!made.text.includes(ada.password), 'the password is not in the answer');
  expect((await http('POST', '/register', ada)).status === 409, 'the same e-mail again answers 409');
  const weak = await http('POST', '/register', { email: 'nobody', password: 'x' });
  expect(weak.status === 400 && weak.json?.fields?.email && weak.json?.fields?.password, 'a bad e-mail and a weak password are both named');
  expect((await http('POST', '/login', { ...ada, password: 'something else' })).status === 401, 'a wrong password answers 401');
  expect((await http('POST', '/login', { ...ada, email: 'other@example.org' })).status === 401, 'an unknown e-mail answers 401');
  expect((await http('GET', '/me')).status === 401, 'without a token: 401');
  const { json } = await http('POST', '/login', ada);
  const bearer = { authorization: `Bearer ${json?.token}` };
  expect((await http('GET', '/me', undefined, bearer)).json?.email === ada.email, 'the token says who asks');
  await sandbox.kill();
  http = client(await sandbox.serve(['node', 'src/main.js']));
  expect((await http('POST', '/login', ada)).status === 200, 'the account outlives kill -9');
  expect((await http('GET', '/me', undefined, bearer)).status === 200, 'and so does the token');
}
