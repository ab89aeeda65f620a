import { parse } from '../cli.js';
import { fields } from '../{{entity}}.js';

export default {
  summary: 'list all {{labels}}',
  usage: '[--json yes]',
  run(words, { store, print }) {
    const { options } = parse(words);
    const records = store.all();
    if (options.json === 'yes') {
      print(JSON.stringify(records));
      return;
    }
    for (const record of records) {
      const values = Object.keys(fields).map((name) => record[name] ?? '-');
      print([String(record.id).padStart(4), ...values].join('  '));
    }
    print(`${records.length} ${records.length === 1 ? '{{label}}' : '{{labels}}'}`);
  },
};
