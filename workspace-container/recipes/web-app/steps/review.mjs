// Reviewer: what the browser is told about this page, and a policy that stops foreign scripts.

const BEFORE = `const HEADERS = {
  'x-content-type-options': 'nosniff',
};`;
const AFTER = `const HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; " +
    "img-src 'self'; connect-src 'self'; base-uri 'none'; " +
    "form-action 'self'; frame-ancestors 'none'",
};`;
const WANTED = ['content-security-policy', 'x-frame-options', 'referrer-policy', 'x-content-type-options'];

export default async function review(step) {
  const before = await look(step);
  await step.edit('src/server.js', [[BEFORE, AFTER]], 'only our own scripts and styles, in nobody\'s frame');
  await step.run('node', ['--check', 'src/server.js']);
  const after = await look(step);
  for (const name of WANTED) step.expect(after[name] !== '-', `sent: ${name}`);
  if (!(step.has('docs/review.md') && before[WANTED[0]] !== '-')) {
    await step.write('docs/review.md', report(step, before, after), 'what was seen');
  }
  await step.commit('feat: security headers; review notes');
}

async function look(step) {
  return step.serving('node', ['src/main.js'], async (http) => {
    const { headers, text } = await http('GET', '/');
    const inline = (text.match(/ on\w+=|<script>|style="/g) ?? []).length;
    step.expect(inline === 0, 'no inline script or style stands against a strict policy');
    return Object.fromEntries(WANTED.map((name) => [name, headers.get(name) ?? '-']));
  });
}

function report(step, before, after) {
  const rows = WANTED.map((name) => `| \`${name}\` | ${before[name]} | ${after[name]} |`);
  return `# Review of ${step.names.project}

Headers of \`/\` as the running server sent them, before and after the
reviewer's change ("-": not sent).

| header | before | after |
|---|---|---|
${rows.join('\n')}

The page has no inline script, style or handler, so the policy costs nothing.

Left to whoever runs it: the app has no accounts. Keep it on this machine, or
put something in front of it that knows who may use it.
`;
}
