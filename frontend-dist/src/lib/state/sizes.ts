const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

/** `12 KB`, `1.4 GB`: powers of 1024. */
export function bytes(count: number): string {
  let value = count;
  let unit = 0;
  while (value >= 1023.5 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value.toFixed(unit > 2 && value < 100 ? 1 : 0)} ${UNITS[unit]}`;
}

/** `940`, `12.4k`, `3.1M`. */
export function short(count: number): string {
  if (count < 1000) return String(count);
  if (count < 999_500) return `${(count / 1000).toFixed(count < 99_950 ? 1 : 0)}k`;
  return `${(count / 1_000_000).toFixed(1)}M`;
}
