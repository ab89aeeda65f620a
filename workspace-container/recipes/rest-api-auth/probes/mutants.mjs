// Breaks the program in ways that matter; the repository's own tests have to notice each of them.

const TESTS = ['node', '--test', 'test/api.test.js'];

export default async function mutants({ sandbox, expect, options }) {
  const sound = await sandbox.run(TESTS);
  if (!expect(sound.exitCode === 0, 'the tests pass on the program as it is')) throw new Error(sound.lines.slice(-8).join('\n'));
  for (const { file, what, from, to } of MUTANTS) {
    const path = file.replace('ENTITY', options.entity);
    const original = sandbox.read(path);
    if (!expect(original.includes(from), `${path} has the passage to break`)) continue;
    sandbox.replace(path, original.replace(from, () => to));
    const { exitCode } = await sandbox.run(TESTS);
    expect(exitCode !== 0, `noticed: ${what}`);
    sandbox.replace(path, original);
  }
}

const MUTANTS = [
  { file: 'src/server.js', what: 'everybody is let in', from: 'route.open ? undefined : authenticate(request, context)', to: "'anybody'" },
  { file: 'src/passwords.js', what: 'any password is right', from: 'return timingSafeEqual(given, right);', to: 'return true;' },
  { file: 'src/ENTITY.js', what: 'required fields may be missing', from: "if (required) problems[name] = 'is required';", to: '' },
  { file: 'src/collection.js', what: 'nothing reaches the disk', from: '#save() {', to: '#save() {\n    return;' },
];
