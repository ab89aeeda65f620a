// Finds the command and runs it. The commands lie in commands/: each file gives
// {summary, usage, run}; its name is the command's name.
import { readdirSync } from 'node:fs';
import { Store } from './store.js';

const folder = new URL('./commands/', import.meta.url);

/** A mistake of whoever called: one line on stderr, exit code 2. */
export class UsageError extends Error {}

/** @returns exit code: 0 done, 1 it failed, 2 called wrongly */
export async function main(words) {
  const commands = await load();
  const [name = 'help', ...rest] = words;
  const command = commands[name.replace(/^--?h(elp)?$/, 'help')];
  try {
    if (!command) throw new UsageError(`there is no command ${name}`);
    await command.run(rest, { store: new Store(), commands, print });
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`{{entities}}: ${error.message}\n`);
    return 2;
  }
}

async function load() {
  const commands = {};
  for (const file of readdirSync(folder).sort()) {
    const { default: command } = await import(new URL(file, folder));
    commands[file.replace('.js', '')] = command;
  }
  return commands;
}

function print(text) {
  process.stdout.write(`${text}\n`);
}

/** `--name value` and `--name=value`. @returns {{options, rest}} */
export function parse(words) {
  const options = {};
  const rest = [];
  for (let index = 0; index < words.length; index += 1) {
    const found = /^--([A-Za-z]\w*)(?:=(.*))?$/s.exec(words[index]);
    if (!found) {
      rest.push(words[index]);
    } else if (found[2] !== undefined) {
      options[found[1]] = found[2];
    } else {
      index += 1;
      if (index === words.length) throw new UsageError(`${found[0]} needs a value`);
      options[found[1]] = words[index];
    }
  }
  return { options, rest };
}
