import { describe, expect, it } from 'vitest';
import { Paced } from '../src/lib/terminal/paced';

function paced(every: number) {
  const written: string[] = [];
  const drawn: string[] = [];
  let due: (() => void) | undefined;
  const writer = new Paced(
    (bytes, done) => {
      written.push(new TextDecoder().decode(bytes));
      done();
    },
    (_, run) => {
      due = run;
      return () => (due = undefined);
    }
  );
  writer.every = every;
  const put = (text: string) => writer.put(new TextEncoder().encode(text), () => drawn.push(text));
  return { writer, written, drawn, put, tick: () => due?.() };
}

describe('paced writing', () => {
  it('passes on at once where no pace is set', () => {
    const { written, drawn, put } = paced(0);
    put('a');
    put('b');
    expect([written, drawn]).toEqual([['a', 'b'], ['a', 'b']]);
  });

  it('gathers in order, and tells each part that it is drawn', () => {
    const { written, drawn, put, tick } = paced(100);
    put('a');
    put('b');
    expect(written).toEqual([]);
    tick();
    put('c');
    tick();
    expect([written, drawn]).toEqual([['ab', 'c'], ['a', 'b', 'c']]);
  });

  it('keeps its own copy of what waits', () => {
    const { writer, written, tick } = paced(100);
    const bytes = new Uint8Array([97]);
    writer.put(bytes, () => {});
    bytes[0] = 98;
    tick();
    expect(written).toEqual(['a']);
  });

  it('loses nothing when the pace ends', () => {
    const { writer, written, put, tick } = paced(100);
    put('a');
    writer.every = 0;
    put('b');
    tick();
    expect(written).toEqual(['a', 'b']);
  });
});
