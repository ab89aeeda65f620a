import { expect, test } from 'vitest';
import { bytes, short } from '../src/lib/state/sizes';

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1 KB'],
  [103 * 1024 * 1024, '103 MB'],
  [1.25 * 1024 ** 3, '1.3 GB'],
  [120 * 1024 ** 3, '120 GB']
])('%d bytes are %s', (count, shown) => expect(bytes(count)).toBe(shown));

test.each([
  [999, '999'],
  [12_400, '12.4k'],
  [99_970, '100k'],
  [999_600, '1.0M'],
  [3_100_000, '3.1M']
])('%d is %s', (count, shown) => expect(short(count)).toBe(shown));
