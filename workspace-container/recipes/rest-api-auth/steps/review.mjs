// Reviewer: attacks the running API, mends what gives way, attacks again, and writes down what was seen.
import { sample } from '../../lib/parameters.mjs';

const ada = { email: 'ada@example.org', password: 'correct horse' };

export default async function review(step) {
  const before = await attack(step);
  const open = before.find(({ name }) => name === 'guessing');
  step.say(open.held ? 'Guessing passwords is already slowed down.' : 'Nothing slows down somebody who guesses passwords. That is mended here.');
  await step.template('src/throttle.js', 'five failures, then a minute of waiting');
  await step.template('test/throttle.test.js', 'its rules, with a clock of our own');
  await step.edit('src/routes/accounts.js', CHANGES, 'the login asks the throttle');
  await step.run('node', ['--test', 'test/throttle.test.js']);
  const after = await attack(step);
  for (const { name, held } of after) step.expect(held, `holds: ${name}`);
  if (!(open.held && step.has('docs/review.md'))) {
    await step.write('docs/review.md', report(step, before, after), 'what was tried, and what was seen');
  }
  await step.commit('feat: slow down password guessing; review notes');
}

const CHANGES = [
  ["import { issue } from '../tokens.js';\n", "import { Throttle } from '../throttle.js';\nimport { issue } from '../tokens.js';\n"],
  [
    "  const accounts = new Collection(join(dataDir, 'accounts.json'));\n",
    "  const accounts = new Collection(join(dataDir, 'accounts.json'));\n  const throttle = new Throttle();\n",
  ],
  [
    `    const account = accounts.find((one) => one.email === email);
`,
    `    const seconds = throttle.wait(email);
    if (seconds > 0) {
      throw new HttpError(429, 'slow_down', \`Wait \${seconds} seconds.\`);
    }
    const account = accounts.find((one) => one.email === email);
`,
  ],
  [
    `    if (!(await matches(password, stored)) || !account) {
      throw`,
    `    if (!(await matches(password, stored)) || !account) {
      throttle.failed(email);
      throw`,
  ],
  [
    `    return { body: issue(account.id, secret) };
`,
    `    throttle.succeeded(email);
    return { body: issue(account.id, secret) };
`,
  ],
];

/** @returns [{name, tried, seen, held}] */
async function attack(step) {
  const path = `/${step.names.entities}`;
  const seen = [];
  const note = (name, tried, answer, held) => seen.push({ name, tried, seen: String(answer), held });
  await step.serving('node', ['src/main.js'], async (http) => {
    await http('POST', '/register', ada);
    const { json } = await http('POST', '/login', ada);
    const authorization = `Bearer ${json.token}`;
    const forged = `Bearer ${json.token.split('.')[0]}.${'A'.repeat(43)}`;
    const big = await http('POST', path, { [step.fields[0].name]: 'x'.repeat(70_000) }, { authorization });
    note('large bodies', 'a body of 70 kB', big.status, big.status === 413);
    const broken = await http('POST', path, '{"oops', { authorization });
    note('broken JSON', 'half an object', broken.status, broken.status === 400);
    const extra = await http('POST', path, { ...sample(step.fields), id: 'mine', createdBy: 'root' }, { authorization });
    note('fields of the system', 'id and createdBy sent along', extra.status, extra.status === 400);
    const bad = await http('GET', path, undefined, { authorization: forged });
    note('forged tokens', 'a token with another signature', bad.status, bad.status === 401);
    const odd = await http('GET', `${path}/..%2f..%2fsecret`, undefined, { authorization });
    note('paths that climb', `${path}/..%2f..%2fsecret`, odd.status, odd.status === 404);
    let last;
    for (let count = 0; count < 7; count += 1) last = await http('POST', '/login', { ...ada, password: 'wrong horse' });
    note('guessing', 'seven wrong passwords in a row', last.status, last.status === 429);
  });
  return seen;
}

function report(step, before, after) {
  const rows = after.map((row, index) => `| ${row.tried} | ${before[index].seen} | ${row.seen} |`);
  return `# Review of ${step.names.project}

Requests sent to the running server by the reviewer, and the status they got
before and after the reviewer's change.

| tried | before | after |
|---|---|---|
${rows.join('\n')}

Changed: five failed logins for one e-mail now close it for a minute (429).

Left to whoever runs it: TLS in front of it, and backups of \`DATA_DIR\`. The
records are held in memory and written whole, which is fine for thousands of
${step.names.labels}, not for millions.
`;
}
