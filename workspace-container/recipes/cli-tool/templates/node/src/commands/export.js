// CSV as in RFC 4180: quotes doubled, fields with commas or quotes quoted.
const quoted = (value = '') => {
  const text = String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export function csv(records) {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const rows = records.map((record) => names.map((name) => record[name]));
  return [names, ...rows].map((row) => row.map(quoted).join(',')).join('\r\n');
}

export default {
  summary: 'all {{labels}} as CSV',
  usage: '',
  run(_words, { store, print }) {
    print(csv(store.all()));
  },
};
