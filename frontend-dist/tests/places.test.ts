import { describe, expect, it } from 'vitest';
import { broughtForward, Call, places } from '../src/lib/views/swarm/places';

const tasks = (calls: Record<string, Call>) => Object.entries(calls).map(([id, call]) => ({ id, call }));
const { needsYou, live, ended, waits } = Call;

describe('the big places', () => {
  it('are filled with what asks most', () => {
    const all = tasks({ a: waits, b: live, c: ended, d: needsYou, e: live });
    expect(places([], all, 4)).toEqual(['d', 'b', 'e', 'c']);
  });

  it('stay as they are while nothing asks more', () => {
    const all = tasks({ a: live, b: live, c: live, d: live, e: live, f: waits });
    expect(places(['c', 'a', 'd', 'b'], all, 4)).toEqual(['c', 'a', 'd', 'b']);
  });

  it('are given up by an agent that has ended to one that works', () => {
    const all = tasks({ a: ended, b: live, c: live, d: live, e: live });
    expect(places(['a', 'b', 'c', 'd'], all, 4)).toEqual(['e', 'b', 'c', 'd']);
  });

  it('are not given up by an ended agent to one that ended too', () => {
    const all = tasks({ a: ended, b: ended, c: ended, d: ended, e: ended });
    expect(places(['a', 'b', 'c', 'd'], all, 4)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('are given to whoever needs the person, by the one that asks least', () => {
    const all = tasks({ a: live, b: needsYou, c: live, d: live, e: needsYou });
    expect(places(['a', 'b', 'c', 'd'], all, 4)).toEqual(['a', 'b', 'c', 'e']);
  });

  it('keep what the person chose', () => {
    const all = tasks({ a: ended, b: live, c: live, d: live, e: live });
    expect(places(['a', 'b', 'c', 'd'], all, 4, 'a')).toEqual(['a', 'b', 'c', 'd']);
  });

  it('forget tasks that are gone', () => {
    expect(places(['x', 'a'], tasks({ a: live, b: live }), 4)).toEqual(['a', 'b']);
  });

  it('swap what is brought forward with the first', () => {
    expect(broughtForward(['a', 'b', 'c', 'd'], 'c')).toEqual(['c', 'b', 'a', 'd']);
    expect(broughtForward(['a', 'b', 'c', 'd'], 'e')).toEqual(['e', 'b', 'c', 'd']);
    expect(broughtForward(['a', 'b'], 'a')).toEqual(['a', 'b']);
  });
});
