import { expect, it } from 'vitest';
import { clock, lookOf, type AnyState } from '../src/lib/state/looks';

it('shows time as people read it', () => {
  expect(clock(0)).toBe('0:00');
  expect(clock(247_900)).toBe('4:07');
  expect(clock(3_723_000)).toBe('1:02:03');
});

it('tells task states apart without colour', () => {
  const states: AnyState[] = ['WAITING', 'READY', 'RUNNING', 'VERIFYING', 'DONE', 'FAILED', 'CANCELLED'];
  expect(new Set(states.map((s) => lookOf(s).shape)).size).toBe(states.length);
  expect(new Set(states.map((s) => lookOf(s).word)).size).toBe(states.length);
});
