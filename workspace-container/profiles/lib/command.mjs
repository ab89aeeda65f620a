// Runs one command in a process group of its own, which is gone when the command is.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { ClippedOutput } from './clip-output.mjs';
import { afterLived } from './lived.mjs';

/** What has left the group may hold its output open. */
const GRACE_MILLIS = 500;
const TERM_MILLIS = 2000;
const TIMED_OUT = 124;

export class Command {
  #child;
  #over = false;
  /** @type {Promise<{exitCode: number, text: string, timedOut: boolean}>} */
  done;

  /** @param onOutput called with bytes as they come */
  constructor(argv, { env, cwd, seconds, onOutput = () => {} }) {
    this.#child = spawn(argv[0], argv.slice(1), { env, cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    this.done = this.#run(seconds, onOutput);
  }

  /** The whole group, at once. */
  kill(signal = 'SIGKILL') {
    if (!this.#child.pid || this.#over) return;
    try {
      process.kill(-this.#child.pid, signal);
    } catch {
      // None of it is left.
    }
  }

  async #run(seconds, onOutput) {
    const child = this.#child;
    const output = new ClippedOutput();
    const ended = new Promise((resolve) => {
      child.once('error', (error) => resolve({ error }));
      child.once('exit', (code, signal) => resolve({ code, signal }));
    });
    const drained = Promise.all(
      [child.stdout, child.stderr].map((stream) => {
        stream?.on('data', (bytes) => {
          output.write(bytes);
          onOutput(bytes);
        });
        return new Promise((resolve) => stream?.once('close', resolve) ?? resolve());
      }),
    );
    let timedOut = false;
    let forget = afterLived(seconds * 1000, () => {
      timedOut = true;
      this.kill('SIGTERM');
      forget = afterLived(TERM_MILLIS, () => this.kill());
    });
    const end = await ended;
    forget();
    this.kill();
    this.#over = true;
    if (!end.error) {
      let late;
      await Promise.race([drained, new Promise((resolve) => (late = setTimeout(resolve, GRACE_MILLIS)))]);
      clearTimeout(late);
    }
    child.stdout?.destroy();
    child.stderr?.destroy();
    return { exitCode: exitCode(end, timedOut), text: output.text(), timedOut, error: end.error };
  }
}

function exitCode({ code, signal, error }, timedOut) {
  if (timedOut) return TIMED_OUT;
  if (error) return error.code === 'ENOENT' ? 127 : 126;
  return signal ? 128 + constants.signals[signal] : code;
}
