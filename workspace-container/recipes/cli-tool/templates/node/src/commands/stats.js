// Counts the {{labels}}, and for every field of numbers gives sum and mean.
export function statistics(records) {
  const lines = [`{{labels}}: ${records.length}`];
  const names = new Set(records.flatMap((record) => Object.keys(record)));
  names.delete('id');
  for (const name of [...names].sort()) {
    const values = records.map((record) => record[name]);
    const numbers = values.filter((value) => typeof value === 'number');
    const given = values.filter((value) => value !== undefined);
    if (numbers.length === 0) {
      lines.push(`${name}: ${new Set(given).size} different`);
      continue;
    }
    const sum = numbers.reduce((all, value) => all + value, 0);
    const mean = sum / numbers.length;
    lines.push(`${name}: sum ${sum.toFixed(2)}, mean ${mean.toFixed(2)}`);
  }
  return lines;
}

export default {
  summary: 'counts, sums and means',
  usage: '',
  run(_words, { store, print }) {
    statistics(store.all()).forEach((line) => print(line));
  },
};
