// The README's own words, taken at their word.

export default async function guide({ sandbox, expect, client, options, fields, has }) {
  if (!expect(has('README.md') && has('examples/tour.mjs'), 'README.md and examples/tour.mjs are there')) return;
  const readme = sandbox.read('README.md');
  expect(readme.includes('node src/main.js'), 'it says how to start');
  expect(readme.includes(`/${options.entities}`), `it names /${options.entities}`);
  expect(fields.every(({ name }) => readme.includes(`\`${name}\``)), 'it names every field');
  const origin = await sandbox.serve(['node', 'src/main.js']);
  const { exitCode, lines } = await sandbox.run(['node', 'examples/tour.mjs', origin]);
  expect(exitCode === 0, 'the tour ends well');
  const said = lines.filter((line) => / -> \d{3}$/.test(line)).map((line) => line.slice(-3));
  expect(said.join() === '401,201,200,201,200,200,204', `the tour saw ${said.join(' ')}`);
  for (const line of lines.filter((text) => !/[0-9a-f]{8}-/.test(text) && / -> /.test(text))) {
    expect(readme.includes(line), `as the README shows: ${line}`);
  }
  expect((await client(origin)('GET', '/health')).status === 200, 'the server is still well afterwards');
}
