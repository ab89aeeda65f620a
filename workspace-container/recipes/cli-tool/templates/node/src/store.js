// The {{labels}} in one JSON file: {{ENV}} names it, otherwise it is
// {{entities}}.json in the current folder. Written beside it, then renamed.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

export class Store {
  #file;

  constructor(file = process.env.{{ENV}} ?? '{{entities}}.json') {
    this.#file = file;
  }

  all() {
    if (!existsSync(this.#file)) return [];
    return JSON.parse(readFileSync(this.#file, 'utf8'));
  }

  get(id) {
    return this.all().find((record) => record.id === Number(id));
  }

  add(values) {
    const records = this.all();
    const last = records.reduce((id, record) => Math.max(id, record.id), 0);
    const record = { id: last + 1, ...values };
    this.#save([...records, record]);
    return record;
  }

  /** @returns {boolean} false when there is none with this id */
  remove(id) {
    const records = this.all();
    const rest = records.filter((record) => record.id !== Number(id));
    if (rest.length < records.length) this.#save(rest);
    return rest.length < records.length;
  }

  #save(records) {
    const next = `${this.#file}.next`;
    writeFileSync(next, JSON.stringify(records, null, 2));
    renameSync(next, this.#file);
  }
}
