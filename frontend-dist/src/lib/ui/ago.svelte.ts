const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });
const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', 30],
  ['month', 12]
];

/** `5 min. ago`; `now` and `at` in milliseconds. */
export function ago(at: number, now: number): string {
  let amount = Math.min(0, Math.round((at - now) / 1000));
  for (const [unit, size] of STEPS) {
    if (Math.abs(amount) < size) return format.format(amount, unit);
    amount = Math.round(amount / size);
  }
  return format.format(amount, 'year');
}

/** The time, which goes on by itself while somebody looks at it. */
export class Now {
  at = $state(Date.now());

  /** @returns a function that ends it */
  open(every: number): () => void {
    const timer = setInterval(() => (this.at = Date.now()), every);
    return () => clearInterval(timer);
  }
}
