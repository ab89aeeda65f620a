// Finds a program and asks for its version.
import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const LONGEST = 64 * 1024;

/** @returns the path of the first one on PATH, or undefined */
export function find(program, path = process.env.PATH ?? '') {
  for (const folder of path.split(delimiter)) {
    const candidate = join(folder || '.', program);
    try {
      accessSync(candidate, constants.X_OK);
      if (statSync(candidate).isFile()) return candidate;
    } catch {
      continue;
    }
  }
  return undefined;
}

/** What `--version` says, or undefined: it said nothing like one, or not in time. */
export function version(path, env, millis = 5000) {
  return new Promise((resolve) => {
    const child = spawn(path, ['--version'], { env, detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
    let said = '';
    const end = (found) => {
      clearTimeout(timer);
      child.stdout?.destroy();
      resolve(found);
    };
    const timer = setTimeout(() => {
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        child.kill('SIGKILL');
      }
      end(undefined);
    }, millis);
    child.stdout?.on('data', (data) => {
      if (said.length < LONGEST) said += data;
    });
    child.once('error', () => end(undefined));
    child.once('close', () => end(/\d+\.\d+[\w.+-]*/.exec(said)?.[0]));
  });
}
