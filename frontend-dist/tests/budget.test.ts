import { describe, expect, it } from 'vitest';
import { budgetReached, gone, isRight, metersOf, noBudget, textOf, typed, usd, usedUp } from '../src/lib/state/budget';

const read = (tokens: string, cost = '') => typed({ ...noBudget, tokens, usd: cost });

describe('a budget as it is typed', () => {
  it('is no limit where nothing is', () => expect(read(' ', '')).toEqual({ budget: {}, wrong: {} }));

  it.each(['600000', '600,000', '600 000', '600_000'])('reads %s', (text) =>
    expect(read(text).budget).toEqual({ tokens: 600_000 })
  );

  it.each([
    ['2.50', 2.5],
    ['$3', 3],
    ['.25', 0.25],
    ['0', 0]
  ])('reads %s USD', (text, costUsd) => expect(read('', text).budget).toEqual({ costUsd }));

  it.each(['many', '1.5', '-3', '1e6'])('does not read %s tokens', (text) => {
    const found = read(text, '1,50');
    expect(isRight(found)).toBe(false);
    expect(found.budget).toEqual({});
    expect(Object.keys(found.wrong)).toEqual(['tokens', 'usd']);
  });

  it('has a swarm\'s minutes and agents', () => {
    expect(typed({ ...noBudget, minutes: ' 30 ', agents: '1,000' }).budget).toEqual({ minutes: 30, agents: 1_000 });
    expect(Object.keys(typed({ ...noBudget, minutes: 'half an hour', agents: '1.5' }).wrong)).toEqual(['minutes', 'agents']);
  });

  it('begins with what holds now', () => {
    expect(textOf({ tokens: { limit: 600, used: 1, reserved: 0 } })).toEqual({ ...noBudget, tokens: '600' });
    expect(textOf({ minutes: 0, agents: 12 })).toEqual({ ...noBudget, minutes: '0', agents: '12' });
    expect(textOf(undefined)).toEqual(noBudget);
  });

  it('has to be above what is used up', () => {
    expect(gone({ tokens: 600 }, { tokens: 600 }).tokens).toContain('600 is used up');
    expect(gone({ costUsd: 1 }, { costUsd: 1.25 }).usd).toContain('$1.25 is used up');
    expect(gone({ tokens: 601, costUsd: 1 }, { tokens: 600 })).toEqual({});
    expect(gone({}, { tokens: 600 })).toEqual({});
    expect(gone({ minutes: 30, agents: 2 }, { minutes: 30 })).toEqual({ minutes: expect.stringContaining('30 minutes is used up') });
    expect(gone({ agents: 1 }, { agents: 1 }).agents).toContain('1 agent is used up');
  });
});

describe('a bar of a budget', () => {
  it('shows what is used, what is under way, and says it in words', () => {
    const [tokens, cost] = metersOf({
      tokens: { limit: 20_000, used: 12_300, reserved: 800 },
      costUsd: { limit: 2, used: 0.5, reserved: 0 }
    });
    expect(tokens).toMatchObject({
      used: 0.615,
      reserved: 0.04,
      text: '12,300 of 20,000 tokens',
      underWay: '800 under way'
    });
    expect(cost).toMatchObject({ used: 0.25, reserved: 0, text: '$0.50 of $2.00', underWay: '' });
  });

  it('is never longer than itself, and full where nothing may be spent', () => {
    const of = (limit: number, used: number, reserved: number) =>
      metersOf({ tokens: { limit, used, reserved } })[0];
    expect(of(100, 90, 40)).toMatchObject({ used: 0.9, reserved: expect.closeTo(0.1) });
    expect(of(100, 130, 5)).toMatchObject({ used: 1, reserved: 0 });
    expect(of(0, 0, 0)).toMatchObject({ used: 1, reserved: 0 });
  });

  it('shows the time and the agents of a swarm, and of nothing else', () => {
    const limits = { minutes: 10, agents: 4 };
    expect(metersOf(limits, { elapsedMs: 150_000, agents: 1 })).toMatchObject([
      { used: 0.25, text: '2 of 10 minutes' },
      { used: 0.25, text: '1 of 4 agents' }
    ]);
    expect(metersOf(limits)).toEqual([]);
  });

  it('is none without a limit', () => expect(metersOf(undefined)).toEqual([]));
});

it('tells small amounts with digits that say something', () => {
  expect(usd(0)).toBe('$0.00');
  expect(usd(1234.5)).toBe('$1,234.50');
  expect(usd(0.00042)).toBe('$0.00042');
});

describe('a paused swarm', () => {
  const of = (reason: string | undefined, state: 'PAUSED' | 'RUNNING' = 'PAUSED') =>
    budgetReached({ state, reason });
  it.each([
    ['the budget of 600 tokens for this swarm is used up: raise it, then resume the swarm', 'swarm'],
    ['the budget of $2.5 for the team this month is used up: raise it, then resume the swarm', 'team'],
    ['the budget of 1,000 tokens for the person who approved it, this month is used up: raise it', 'person']
  ])('%s', (reason, whose) => expect(of(reason)).toBe(whose));
  it('may be so for another reason', () => {
    expect(of(undefined)).toBeUndefined();
    expect(of('the workspace is stopped: start it, then resume the swarm')).toBeUndefined();
  });
  it('is one that is paused', () =>
    expect(of('the budget of 600 tokens for this swarm is used up: raise it', 'RUNNING')).toBeUndefined());
});

describe('the limit that a swarm has reached', () => {
  const budget = { tokens: { limit: 600, used: 598, reserved: 0 }, costUsd: { limit: 2, used: 0.5, reserved: 0 }, minutes: 30, agents: 1 };
  const of = (what: string) =>
    usedUp({
      state: 'PAUSED',
      reason: `the budget of ${what} is used up: raise it, then resume the swarm`,
      usage: { tokensIn: 0, tokensOut: 0, agents: [], budget }
    });
  it('is that of tokens, though a few are left', () => expect(of('600 tokens for this swarm')).toEqual({ tokens: 600 }));
  it('is that of dollars', () => expect(of('$2 for this swarm')).toEqual({ costUsd: 2 }));
  it('is that of its time', () => expect(of('30 minutes for this swarm')).toEqual({ minutes: 30 }));
  it('is that of its agents', () => expect(of('1 agent for this swarm')).toEqual({ agents: 1 }));
  it('is not its own', () => expect(of('$2 for the team this month')).toEqual({}));
});
