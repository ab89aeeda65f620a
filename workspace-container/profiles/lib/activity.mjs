// Tells orchflow what happens, beside the run: bounded, in order, and never in its way.
import { Agent, request } from 'node:http';
import { visible } from './screen.mjs';
import { summary } from './summary.mjs';

const WAITING = 200;
const BATCH = 50;
const LONGEST = 300;
const PATH = '/orchflow/v1/activity';

export class Activity {
  #address;
  #token;
  #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  #waiting = [];
  #dropped = 0;
  #sending;
  #pause;
  #closing = false;
  #pauseMillis;
  #timeoutMillis;

  /** @param address host:port; absent: nothing is sent */
  constructor(address, token, { pauseMillis = 1000, timeoutMillis = 5000 } = {}) {
    this.#address = address;
    this.#token = token;
    this.#pauseMillis = pauseMillis;
    this.#timeoutMillis = timeoutMillis;
  }

  push(event) {
    if (!this.#address) return;
    this.#waiting.push({ kind: event.kind, text: this.#line(summary(event)), at: new Date().toISOString() });
    if (this.#waiting.length > WAITING) {
      this.#waiting.shift();
      this.#dropped++;
    }
    // Events of one chunk of output go together.
    setImmediate(() => this.#pump());
  }

  /** Sends what is left for at most `millis`; later events are not sent. */
  async close(millis = 500) {
    if (!this.#address) return;
    this.#closing = true;
    let timer;
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, millis, true);
    });
    const all = (async () => {
      await this.#sending;
      clearTimeout(this.#pause);
      this.#pause = undefined;
      while (this.#waiting.length > 0 && (await this.#send()));
    })();
    await Promise.race([all, late]);
    clearTimeout(timer);
    this.#agent.destroy();
  }

  #line(text) {
    const masked = this.#token ? text.replaceAll(this.#token, '•'.repeat(8)) : text;
    const line = [...visible(masked.replace(/\s+/g, ' ').trim())];
    return line.length <= LONGEST ? line.join('') : `${line.slice(0, LONGEST - 1).join('')}…`;
  }

  #pump() {
    if (this.#sending || this.#pause || this.#closing || this.#waiting.length === 0) return;
    this.#sending = this.#send().then((arrived) => {
      this.#sending = undefined;
      if (arrived) return this.#pump();
      this.#pause = setTimeout(() => {
        this.#pause = undefined;
        this.#pump();
      }, this.#pauseMillis).unref();
      return undefined;
    });
  }

  /** @returns whether the next batch may follow at once */
  async #send() {
    const dropped = this.#dropped;
    const gap = dropped > 0 ? [{ kind: 'error', text: `${dropped} earlier events were dropped`, at: this.#waiting[0].at }] : [];
    const batch = this.#waiting.splice(0, BATCH - gap.length);
    const status = await this.#post(JSON.stringify({ events: [...gap, ...batch] }));
    if (status >= 200 && status < 300) {
      this.#dropped -= dropped;
      return true;
    }
    // What is refused will be refused again; only a server that is away or busy gets it once more.
    if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
      this.#dropped += batch.length;
      return false;
    }
    this.#waiting.unshift(...batch);
    const over = this.#waiting.length - WAITING;
    if (over > 0) this.#waiting.splice(0, over);
    this.#dropped += Math.max(0, over);
    return false;
  }

  /** @returns the status; 0: no answer */
  #post(body) {
    return new Promise((resolve) => {
      const sent = request(
        `http://${this.#address}${PATH}`,
        {
          method: 'POST',
          agent: this.#agent,
          timeout: this.#timeoutMillis,
          headers: {
            authorization: `Bearer ${this.#token ?? ''}`,
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
          },
        },
        (response) => {
          response.resume();
          response.once('close', () => resolve(response.statusCode));
        },
      );
      sent.once('timeout', () => sent.destroy());
      sent.once('error', () => resolve(0));
      sent.end(body);
    });
  }
}
