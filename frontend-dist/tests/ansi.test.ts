import { expect, it } from 'vitest';
import { linesOf } from '../src/lib/ui/ansi';

const text = (output: string) => linesOf(output).map((line) => line.map((p) => p.text).join(''));

it('reads colours and what ends them', () => {
  expect(linesOf('a\x1b[1;31mb\x1b[22mc\x1b[0md')).toEqual([
    [
      { text: 'a', look: '' },
      { text: 'b', look: 'ansi-red ansi-bold' },
      { text: 'c', look: 'ansi-red' },
      { text: 'd', look: '' }
    ]
  ]);
});

it('keeps a colour over the end of a line', () => {
  expect(linesOf('\x1b[92ma\nb\x1b[39m\nc').map((l) => l[0]?.look)).toEqual([
    'ansi-bright-green',
    'ansi-bright-green',
    ''
  ]);
});

it('takes the sixteen colours of the indexed ones and leaves the rest as they are', () => {
  expect(linesOf('\x1b[38;5;9ma\x1b[38;5;200mb\x1b[38;2;1;2;3mc\x1b[48;5;1md')[0]?.map((p) => p.look)).toEqual([
    'ansi-bright-red',
    '',
    '',
    ''
  ]);
});

it('leaves out every other control sequence', () => {
  expect(text('\x1b]0;title\x07a\x1b[2K\x1b[1Gb\x1b(Bc\x1bPq\x1b\\d')).toEqual(['abcd']);
});

it('shows of a line that was drawn over the last', () => {
  expect(text('10 %\r50 %\r\x1b[32m100 %\x1b[0m\r\nend\r\n')).toEqual(['100 %', 'end']);
});

it('never makes HTML', () => {
  expect(linesOf('<img src=x onerror=alert(1)>')).toEqual([
    [{ text: '<img src=x onerror=alert(1)>', look: '' }]
  ]);
});
