// Slows down guessing: after some failures a key has to wait for the window
// to end. Kept in memory: a restart forgets, which harms nobody.

const FAILURES = 5;
const WINDOW = 60_000; // milliseconds
const KEYS = 10_000; // most keys kept at once

export class Throttle {
  #failures = new Map();
  #now;

  constructor(now = Date.now) {
    this.#now = now;
  }

  /** Seconds to wait before this key may try again; 0: now. */
  wait(key) {
    const entry = this.#failures.get(key);
    if (!entry || entry.until <= this.#now()) return 0;
    if (entry.count < FAILURES) return 0;
    return Math.ceil((entry.until - this.#now()) / 1000);
  }

  failed(key) {
    const entry = this.#failures.get(key);
    if (entry && entry.until > this.#now()) {
      entry.count += 1;
      return;
    }
    if (this.#failures.size >= KEYS) {
      this.#failures.delete(this.#failures.keys().next().value);
    }
    this.#failures.set(key, { count: 1, until: this.#now() + WINDOW });
  }

  succeeded(key) {
    this.#failures.delete(key);
  }
}
