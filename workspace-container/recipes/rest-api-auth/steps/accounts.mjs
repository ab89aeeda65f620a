// Developer: registration and login.

export default async function accounts(step) {
  await step.template('src/passwords.js', 'scrypt, a salt each');
  await step.template('test/accounts.test.js', 'what must hold, before the routes');
  await step.run('node', ['--test', 'test/accounts.test.js']);
  await step.template('src/routes/accounts.js', 'register, log in, who am I');
  await step.run('node', ['--check', 'src/routes/accounts.js']);
  await step.serving('node', ['src/main.js'], async (http) => {
    const ada = { email: 'ada@example.org', password: 'correct horse' };
    step.expect((await http('POST', '/register', ada)).status === 201, 'registration answers 201');
    step.expect((await http('POST', '/register', ada)).status === 409, 'the same e-mail again answers 409');
    const login = await http('POST', '/login', ada);
    step.expect(login.status === 200, 'login gives a token');
    step.expect((await http('GET', '/me')).status === 401, 'without a token nobody is anybody');
    const me = await http('GET', '/me', undefined, { authorization: `Bearer ${login.json.token}` });
    step.expect(me.json?.email === ada.email, 'with the token the API knows who asks');
  });
  await step.commit('feat: registration and login');
}
