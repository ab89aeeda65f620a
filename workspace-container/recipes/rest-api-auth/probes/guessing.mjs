const email = 'probe@example.org';
const right = { email, password: 'from the outside' };

export default async function guessing({ sandbox, expect, client }) {
  const http = client(await sandbox.serve(['node', 'src/main.js']));
  await http('POST', '/register', right);
  await http('POST', '/register', { ...right, email: 'other@example.org' });
  const answers = [];
  for (let count = 0; count < 8; count += 1) {
    answers.push((await http('POST', '/login', { email, password: `guess number ${count}` })).status);
  }
  expect(answers[0] === 401, `the first wrong password answers 401 (${answers.join(' ')})`);
  expect(answers.at(-1) === 429, 'guessing is slowed down: 429 before the eighth try');
  expect((await http('POST', '/login', right)).status === 429, 'for that e-mail even the right password has to wait');
  expect((await http('POST', '/login', { ...right, email: 'other@example.org' })).status === 200, 'others log in as ever');
}
