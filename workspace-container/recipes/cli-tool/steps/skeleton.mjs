// Architect: a program that finds its commands in a folder, and the file they all share.
import { language } from '../languages.mjs';

export default async function skeleton(step) {
  const { names } = step;
  const lang = language(step);
  step.say(`A tool for ${names.labels} in ${names.runtime}. Each command is a file of its own, so that several people can`);
  step.say('add commands at the same time.');
  if (lang.name === 'node') await step.template('package.json', 'no dependencies', { from: 'node/package.json' });
  await step.write('.gitignore', `node_modules/\n__pycache__/\n/${names.entities}.json\n`, 'records stay out of git');
  await step.template(lang.program, 'the program', { from: lang.from('bin') });
  await step.template(lang.file('src/cli'), 'finds and runs commands', { from: lang.from(lang.file('src/cli')) });
  await step.template(lang.file('src/store'), 'records in a file', { from: lang.from(lang.file('src/store')) });
  await step.template(lang.command('help'), 'the first command', { from: lang.from(lang.command('help')) });
  for (const path of ['src/cli', 'src/store', 'src/commands/help'].map(lang.file)) await step.run(...lang.syntax(path));
  const help = await step.run(...lang.call(['--help']), { env: lang.env });
  step.expect(help.lines.some((line) => line.startsWith('  help ')), 'the program runs and names its commands');
  const wrong = await step.run(...lang.call(['dance']), { env: lang.env, tolerate: true });
  step.expect(wrong.exitCode === 2, 'an unknown command ends with 2');
  await step.commit(`feat: skeleton of a tool for ${names.labels}`);
}
