import { UsageError, parse } from '../cli.js';
import { fields, read } from '../{{entity}}.js';

export default {
  summary: `add a {{label}}: ${Object.keys(fields).map((name) => `--${name}`).join(' ')}`,
  usage: '--FIELD VALUE…',
  run(words, { store, print }) {
    const { options, rest } = parse(words);
    if (rest.length > 0) throw new UsageError(`what is ${rest[0]}?`);
    const { values, problems } = read(options);
    if (problems.length > 0) throw new UsageError(problems.join(', '));
    print(`added {{label}} ${store.add(values).id}`);
  },
};
