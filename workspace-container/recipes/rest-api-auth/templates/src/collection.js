// Records in one JSON file. Each change is written to a second file that then
// takes the first one's place, so a crash leaves the old or the new state.
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { mkdirSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';

export class Collection {
  #file;
  #records = new Map();

  constructor(file) {
    this.#file = file;
    if (existsSync(file)) {
      for (const record of JSON.parse(readFileSync(file, 'utf8'))) {
        this.#records.set(record.id, record);
      }
    }
  }

  all() {
    return [...this.#records.values()];
  }

  get(id) {
    return this.#records.get(id);
  }

  find(test) {
    return this.all().find(test);
  }

  add(values) {
    const createdAt = new Date().toISOString();
    const record = { id: randomUUID(), ...values, createdAt };
    this.#records.set(record.id, record);
    this.#save();
    return record;
  }

  replace(id, values) {
    const { createdAt, createdBy } = this.#records.get(id);
    const updatedAt = new Date().toISOString();
    const record = { id, ...values, createdBy, createdAt, updatedAt };
    this.#records.set(id, record);
    this.#save();
    return record;
  }

  remove(id) {
    const removed = this.#records.delete(id);
    if (removed) this.#save();
    return removed;
  }

  #save() {
    mkdirSync(dirname(this.#file), { recursive: true });
    const next = `${this.#file}.next`;
    writeFileSync(next, JSON.stringify(this.all(), null, 2), { mode: 0o600 });
    renameSync(next, this.#file);
  }
}
