// A shell for programs that run their commands by one: each line becomes a terminal of the agent, a pane that people see.
import { constants } from 'node:os';
import { WAYS, connect } from './channel.mjs';

const SHELL = '/bin/bash';
const CANNOT = 126;
const LONGEST_TITLE = 120;

/** Nobody is asked and no pager waits: what reads this is a program. */
const PLAIN = { NO_COLOR: '1', PAGER: 'cat', GIT_PAGER: 'cat', GIT_TERMINAL_PROMPT: '0', SHELL };

/** @param args as of a shell: options, `-c`, the line, its arguments @returns the exit code */
export async function main(args, env = process.env) {
  const at = args.findIndex((one) => /^-[a-z]*c$/.test(one));
  if (at < 0 || args[at + 1] === undefined) {
    process.stderr.write('orchflow-shell: usage: orchflow-shell -c LINE\n');
    return 2;
  }
  const { ORCHFLOW_MODEL_TOKEN: token, ORCHFLOW_MODEL_ADDRESS: address, ...rest } = env;
  let channel;
  try {
    channel = await connect(address, token, WAYS.terminals);
  } catch (error) {
    process.stderr.write(`orchflow-shell: no terminal can be opened: ${error.message}\n`);
    return CANNOT;
  }
  // The connection's end is the command's end, so a signal need not be passed on.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, () => channel.close().then(() => process.exit(128 + constants.signals[name])));
  const line = args[at + 1];
  channel.send({
    title: line.trim().replace(/\s+/g, ' ').slice(0, LONGEST_TITLE),
    command: [SHELL, '-c', `exec </dev/null; ${line}`, ...args.slice(at + 2)],
    directory: process.cwd(),
    environment: { ...rest, ...PLAIN },
  });
  for (let said = await channel.next(); said !== undefined; said = await channel.next()) {
    if (said.text !== undefined) await written(said.text);
    else if (said.exitCode !== undefined) return said.exitCode;
    else return failed(said.error);
  }
  return failed('the connection to orchflow was lost');
}

function failed(why) {
  process.stderr.write(`orchflow-shell: ${why}\n`);
  return CANNOT;
}

const written = (text) => new Promise((resolve) => process.stdout.write(text, resolve));
