// One run of a program: what it prints becomes events, and how it ended becomes an exit code.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { Lines } from './lines.mjs';

/** Daemons that a program leaves behind may hold its output open for ever. */
const GRACE_MILLIS = 1000;

export class Turn {
  #reader;
  #on;
  #child;
  #running = true;
  /** @type {Promise<{exitCode: number, reason?: string}>} without a reason the turn went well */
  done;

  /**
   * @param reader of its events; absent: its lines are shown as they are
   * @param on {event, line}: called with each event, and with each line that is none
   */
  constructor({ path, args, env, stdin, reader, on }) {
    this.#reader = reader;
    this.#on = on;
    // It stays in the pane's foreground process group, so that a key of the person reaches it.
    this.#child = spawn(path, args, { env, stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] });
    this.done = this.#run(stdin);
  }

  /** @returns whether there still was somebody to send it to */
  signal(name) {
    return this.#running && this.#child.kill(name);
  }

  async #run(stdin) {
    const child = this.#child;
    const ended = new Promise((resolve) => {
      child.once('error', (error) => resolve({ error }));
      child.once('exit', (code, signal) => resolve({ code, signal }));
    });
    const drained = Promise.all([
      drain(child.stdout, (line) => this.#read(line)),
      drain(child.stderr, (line) => this.#on.line(line)),
    ]);
    child.stdin?.on('error', () => {});
    child.stdin?.end(stdin);
    const end = await ended;
    this.#running = false;
    let timer;
    const grace = new Promise((resolve) => {
      timer = setTimeout(resolve, end.error ? 0 : GRACE_MILLIS);
    });
    await Promise.race([drained, grace]);
    clearTimeout(timer);
    child.stdout?.destroy();
    child.stderr?.destroy();
    this.#reader?.end().forEach(this.#on.event);
    return this.#judge(end);
  }

  #read(line) {
    if (!this.#reader) return this.#on.line(line);
    let events;
    try {
      const json = JSON.parse(line);
      if (json === null || typeof json.type !== 'string') throw new TypeError('no event');
      events = this.#reader.read(json);
    } catch {
      if (line.trim()) this.#on.line(line);
      return undefined;
    }
    return events.forEach(this.#on.event);
  }

  #judge({ code, signal, error }) {
    if (error) return { exitCode: error.code === 'ENOENT' ? 127 : 126, reason: `it could not be started: ${error.message}` };
    const said = this.#reader?.ended;
    if (signal) return { exitCode: 128 + constants.signals[signal], reason: `ended by ${signal}` };
    if (said && !said.ok) return { exitCode: code || 1, reason: said.reason };
    if (code !== 0) return { exitCode: code, reason: `exit code ${code}` };
    if (this.#reader && !said) return { exitCode: 1, reason: 'its events broke off before the end of its turn' };
    return { exitCode: 0 };
  }
}

function drain(stream, onLine) {
  const lines = new Lines(onLine);
  return new Promise((resolve) => {
    stream.on('data', (bytes) => lines.write(bytes));
    stream.once('error', resolve);
    stream.once('close', () => {
      lines.end();
      resolve();
    });
  });
}
