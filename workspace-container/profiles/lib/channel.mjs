// The way to the conversation with the model, in orchestration: HTTP that becomes lines of JSON.
import { request } from 'node:http';
import { Lines } from './lines.mjs';

const PATH = '/orchflow/v1/tools';
const PROTOCOL = 'orchflow-tools';
const OPEN_MILLIS = 10_000;

/** What is refused now and always. */
export class Refusal extends Error {}

/** @returns {Promise<Channel>} */
export function connect(address, token) {
  return new Promise((resolve, reject) => {
    const sent = request(`http://${address}${PATH}`, {
      method: 'POST',
      timeout: OPEN_MILLIS,
      headers: { connection: 'Upgrade', upgrade: PROTOCOL, authorization: `Bearer ${token}`, 'content-length': 0 },
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
