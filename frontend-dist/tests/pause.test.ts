import { expect, it } from 'vitest';
import { budgetReached } from '../src/lib/state/budget';
import { t } from '../src/lib/text';

const reason = 'the budget of 600 tokens for this swarm is used up: raise it, then resume the swarm';

it('is by a budget where the service says so, or by the words of one that does not say', () => {
  expect(budgetReached({ state: 'PAUSED', reason, pausedBy: 'budget' })).toBe('swarm');
  expect(budgetReached({ state: 'PAUSED', reason })).toBe('swarm');
  expect(budgetReached({ state: 'PAUSED', reason, pausedBy: 'person' })).toBeUndefined();
});

it('names each level with what it keeps', () => {
  const { levels } = t.swarm.pauses;
  for (const level of Object.values(levels)) expect(level.keeps).toMatch(/\.$/);
  expect(new Set(Object.values(levels).map((level) => level.name)).size).toBe(4);
});
