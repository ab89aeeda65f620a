export default {
  summary: 'show this page',
  usage: '',
  run(_words, { commands, print }) {
    print('{{project}}: keeps {{labels}} in a file.\n');
    for (const [name, { summary, usage }] of Object.entries(commands)) {
      print(`  ${`${name} ${usage}`.padEnd(24)} ${summary}`);
    }
  },
};
