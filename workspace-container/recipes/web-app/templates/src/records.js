// The {{labels}} in one JSON file, written whole: first beside it, then renamed.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { renameSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';

export class Records {
  #file;
  #records;

  constructor(file) {
    this.#file = file;
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '[]';
    this.#records = new Map(JSON.parse(text).map((one) => [one.id, one]));
  }

  all() {
    return [...this.#records.values()];
  }

  has(id) {
    return this.#records.has(id);
  }

  put(values, id = randomUUID()) {
    const record = { id, ...values };
    this.#records.set(id, record);
    this.#save();
    return record;
  }

  remove(id) {
    this.#records.delete(id);
    this.#save();
  }

  #save() {
    mkdirSync(dirname(this.#file), { recursive: true });
    const next = `${this.#file}.next`;
    writeFileSync(next, JSON.stringify(this.all(), null, 2));
    renameSync(next, this.#file);
  }
}
