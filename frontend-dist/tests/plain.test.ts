import { expect, it } from 'vitest';
import { plain } from '../src/lib/terminal/plain';

it('leaves the text of coloured output', () => {
  expect(plain('\x1b[2mprobe\x1b[0m \x1b]0;title\x07ok\r\n10 %\r100 %\n\x1b(Bend')).toBe(
    'probe ok\n100 %\nend'
  );
});
