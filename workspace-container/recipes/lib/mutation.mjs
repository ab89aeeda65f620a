/** Breaks the program in ways that matter; the repository's own tests have to notice each of them. */
export async function surviving({ sandbox, expect, options }, tests, mutants) {
  const sound = await sandbox.run(tests);
  if (!expect(sound.exitCode === 0, 'the tests pass on the program as it is')) throw new Error(sound.lines.slice(-8).join('\n'));
  for (const { file, what, from, to } of mutants) {
    const path = file.replace('ENTITY', options.entity).replace('ENTITIES', options.entities);
    const original = sandbox.read(path);
    if (!expect(original.includes(from), `${path} has the passage to break`)) continue;
    sandbox.replace(path, original.replace(from, () => to));
    const { exitCode } = await sandbox.run(tests);
    expect(exitCode !== 0, `noticed: ${what}`);
    sandbox.replace(path, original);
  }
}
