import { UsageError } from '../cli.js';

export default {
  summary: 'remove a {{label}}',
  usage: 'ID',
  run([id], { store, print }) {
    if (!store.remove(id)) throw new UsageError(`there is no {{label}} ${id}`);
    print(`removed {{label}} ${id}`);
  },
};
