import { program } from '../calling.mjs';

export default async function skeleton({ sandbox, expect, options }) {
  const call = program(sandbox, options);
  const help = await call(['--help']);
  expect(help.exitCode === 0 && help.lines.some((line) => line.startsWith('  help ')), '--help names the commands and ends with 0');
  expect((await call([])).exitCode === 0, 'without a command it says what there is');
  const wrong = await call(['no-such-command']);
  expect(wrong.exitCode === 2 && wrong.lines.join().includes('no-such-command'), 'an unknown command is named and ends with 2');
}
