import { describe, expect, it } from 'vitest';
import { neighbour, only, panesIn, read, split, type Layout } from '../src/lib/views/terminal/layout';

const a: Layout = { pane: 'a' };
/** a | b over c */
const three = split(split(a, 'a', 'row', 'b'), 'b', 'column', 'c');

describe('the layout of a tab', () => {
  it('puts a new pane beside the one that it was split from', () => {
    expect(split(a, 'a', 'row', 'b')).toEqual({ along: 'row', parts: [a, { pane: 'b' }], sizes: [50, 50] });
  });

  it('adds to a row that is there already instead of nesting', () => {
    const row = split(split(a, 'a', 'row', 'b'), 'a', 'row', 'c');
    expect(panesIn(row)).toEqual(['a', 'c', 'b']);
    expect(row).toMatchObject({ along: 'row', sizes: [100 / 3, 100 / 3, 100 / 3] });
  });

  it('finds the neighbour to each side', () => {
    expect(neighbour(three, 'a', 'right')).toBe('b');
    expect(neighbour(three, 'b', 'down')).toBe('c');
    expect(neighbour(three, 'c', 'left')).toBe('a');
    expect(neighbour(three, 'c', 'up')).toBe('b');
    expect(neighbour(three, 'a', 'left')).toBeUndefined();
  });

  it('gives the room of a pane that is gone to the others', () => {
    expect(only(three, (pane) => pane !== 'c')).toEqual(split(a, 'a', 'row', 'b'));
    expect(only(three, () => false)).toBeUndefined();
  });

  it('reads what was kept, and drops what makes no sense', () => {
    expect(read(JSON.parse(JSON.stringify(three)))).toEqual(three);
    expect(read({ along: 'row', parts: [{ pane: 'a' }, { pane: 7 }], sizes: [1] })).toEqual(a);
    expect(read({ along: 'row', parts: [a, a], sizes: ['x', 50] })).toMatchObject({ sizes: [50, 50] });
    expect(read('nonsense')).toBeUndefined();
  });
});
