// The way to orchestration: HTTP that becomes lines of JSON.
import { request } from 'node:http';
import { Lines } from './lines.mjs';
import { afterLived, lived } from './lived.mjs';
import { bad } from './render.mjs';
import { print } from './screen.mjs';

/** Where it leads to. */
export const WAYS = {
  tools: { path: '/orchflow/v1/tools', protocol: 'orchflow-tools' },
  acp: { path: '/orchflow/v1/acp', protocol: 'acp' },
  terminals: { path: '/orchflow/v1/terminals', protocol: 'orchflow-terminal' },
};
const OPEN_MILLIS = 10_000;
const COME_AGAIN_MILLIS = 60_000;
const PAUSE_MILLIS = 500;

/** What is refused now and always. */
export class Refusal extends Error {}

/** @returns {Promise<Channel>} */
export function connect(address, token, way) {
  return new Promise((resolve, reject) => {
    const sent = request(`http://${address}${way.path}`, {
      method: 'POST',
      timeout: OPEN_MILLIS,
      headers: { connection: 'Upgrade', upgrade: way.protocol, authorization: `Bearer ${token}`, 'content-length': 0 },
    });
    sent.once('upgrade', (_, socket, head) => {
      socket.setTimeout(0);
      resolve(new Channel(socket, head));
    });
    sent.once('response', (response) => {
      let body = '';
      response.on('data', (bytes) => (body = (body + bytes).slice(0, 2000)));
      response.once('close', () => reject(refused(response.statusCode, body)));
    });
    sent.once('timeout', () => sent.destroy(new Error('nobody answers')));
    sent.once('error', reject);
    sent.end();
  });
}

function refused(status, body) {
  let words = body;
  try {
    words = JSON.parse(body).error.message;
  } catch {
    // It is said as it came.
  }
  const passing = status === 408 || status === 429 || status >= 500;
  return new (passing ? Error : Refusal)(`${words || 'refused'} (${status})`);
}

/** Comes again for a minute. @returns nothing where nobody lets us in; then it was said why */
export async function reach(address, token, way) {
  let late = false;
  let why = '';
  const forget = afterLived(COME_AGAIN_MILLIS, () => (late = true));
  try {
    while (!late) {
      try {
        return await connect(address, token, way);
      } catch (error) {
        why = error.message;
        if (error instanceof Refusal) break;
        await lived(PAUSE_MILLIS);
      }
    }
  } finally {
    forget();
  }
  print(bad(`orchflow is not there: ${why}. What was done is kept; retry the task when orchflow is well.`));
  return undefined;
}

export class Channel {
  #socket;
  #waiting = [];
  #wanted;
  #closed = false;

  constructor(socket, head) {
    this.#socket = socket;
    const lines = new Lines((line) => this.#take(line));
    if (head.length > 0) lines.write(head);
    socket.on('data', (bytes) => lines.write(bytes));
    socket.on('error', () => {});
    socket.once('close', () => this.#take(undefined));
    socket.once('end', () => this.#take(undefined));
  }

  send(line) {
    if (!this.#closed) this.#socket.write(`${JSON.stringify(line)}\n`);
  }

  /** @returns the next line; undefined once the connection is lost */
  next() {
    if (this.#waiting.length > 0) return Promise.resolve(this.#waiting.shift());
    if (this.#closed) return Promise.resolve(undefined);
    return new Promise((resolve) => (this.#wanted = resolve));
  }

  /** Calls back when the connection is lost. */
  onLost(callback) {
    this.#socket.once('close', callback);
    this.#socket.once('end', callback);
    return () => {
      this.#socket.off('close', callback);
      this.#socket.off('end', callback);
    };
  }

  /** After what was sent last has left. */
  close() {
    return new Promise((resolve) => {
      this.#socket.unref(); // The other end may keep its half open.
      this.#socket.end(resolve);
      setTimeout(resolve, 1000).unref();
    });
  }

  #take(text) {
    let line;
    try {
      line = text === undefined ? undefined : JSON.parse(text);
    } catch {
      this.#socket.destroy();
    }
    if (line === undefined) this.#closed = true;
    else this.#waiting.push(line);
    const wanted = this.#wanted;
    this.#wanted = undefined;
    wanted?.(this.#waiting.shift());
  }
}
