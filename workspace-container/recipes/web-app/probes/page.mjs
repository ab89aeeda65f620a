// The page as it is served, read by somebody who does not know its source.

export default async function page({ sandbox, expect, client, fields }) {
  const http = client(await sandbox.serve(['node', 'src/main.js']));
  const { text } = await http('GET', '/');
  const found = (pattern) => [...text.matchAll(pattern)];
  for (const { name, required } of fields) {
    const input = found(/<input\b[^>]*>/g).map(([tag]) => tag).find((tag) => tag.includes(` id="${name}"`)) ?? '';
    expect(input !== '' && text.includes(`<label for="${name}"`), `${name}: a field with a label`);
    expect(/ required/.test(input) === required, `${name}: ${required ? 'marked as required' : 'not marked as required'}`);
  }
  expect(found(/<main\b/g).length === 1 && found(/<h1\b/g).length === 1, 'one main landmark, one first heading');
  expect(/<html[^>]* lang="/.test(text), 'the page says its language');
  expect(/role="status"/.test(text), 'changes are announced');
  const names = found(/(?:href|src)="([\w.-]+)"/g).map(([, name]) => name);
  expect(names.some((name) => name.endsWith('.js')) && names.some((name) => name.endsWith('.css')), `it names ${names.join(', ')}`);
  for (const name of names) expect((await http('GET', `/${name}`)).status === 200, `/${name} is served`);
}
