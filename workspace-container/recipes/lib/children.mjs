// Programs that steps and probes start: output line by line, ended with everything they started.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const running = new Set();
process.once('exit', () => running.forEach((child) => signalGroup(child, 'SIGKILL')));
for (const [signal, number] of [['SIGTERM', 15], ['SIGINT', 2], ['SIGHUP', 1]]) {
  process.once(signal, () => process.exit(128 + number));
}

/** The environment for children: ours without what a test run of our own would leak into theirs. */
export function environment(extra = {}) {
  const { NODE_TEST_CONTEXT: _context, NODE_OPTIONS: _options, ORCHFLOW_INPUT: _input, ...rest } = process.env;
  return { ...rest, ...extra };
}

/**
 * Runs a program to its end.
 * @param onLine called with each line of stdout and stderr
 * @returns {Promise<{exitCode: number, lines: string[], millis: number}>} exitCode 127: could not be started, 124: timed out
 */
export function run(command, args, { cwd, env, onLine, input, seconds = 120 } = {}) {
  const started = performance.now();
  const lines = [];
  return new Promise((resolve) => {
    const child = start(command, args, { cwd, env, input });
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      signalGroup(child, 'SIGKILL');
    }, seconds * 1000);
    const finish = (exitCode) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ exitCode: timedOut ? 124 : exitCode, lines, millis: Math.round(performance.now() - started) });
    };
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (text) => {
        lines.push(text);
        onLine?.(text);
      });
    }
    child.once('error', (error) => {
      lines.push(error.message);
      finish(127);
    });
    child.once('close', (code, signal) => finish(code ?? 128 + (signal === 'SIGKILL' ? 9 : 15)));
  });
}

/** Starts a program in a process group of its own. */
export function start(command, args, { cwd, env, input } = {}) {
  const child = spawn(command, args, {
    cwd,
    env: env ?? environment(),
    detached: true,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  if (input !== undefined) {
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  }
  running.add(child);
  return child;
}

/**
 * Waits until the child prints its address (`http://127.0.0.1:PORT`), at most 20 s.
 * @returns {Promise<string>} the origin; rejects with the child's output if it ends or stays silent
 */
export function origin(child) {
  return new Promise((resolve, reject) => {
    let seen = '';
    const timer = setTimeout(() => reject(new Error(`no address printed within 20 s\n${seen}`)), 20_000);
    const look = (chunk) => {
      seen = (seen + chunk).slice(-4000);
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(seen);
      if (found) {
        clearTimeout(timer);
        resolve(found[0]);
      }
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      reject(new Error(`ended with ${code} before it printed an address\n${seen}`));
    });
  });
}

/** Ends the child's process group: SIGTERM, after 3 s SIGKILL. Resolves when it is gone. */
export function stop(child) {
  return end(child, 'SIGTERM');
}

/** Ends the child's process group at once. Resolves when it is gone. */
export function kill(child) {
  return end(child, 'SIGKILL');
}

function end(child, first) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), 3000);
    child.once('close', () => {
      clearTimeout(timer);
      running.delete(child);
      resolve();
    });
    signalGroup(child, first);
  });
}

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
}
