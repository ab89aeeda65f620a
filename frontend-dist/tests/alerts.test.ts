import { expect, test } from 'vitest';
import type { AgentState, Swarm, SwarmState } from '../src/lib/api/types';
import { alertsBetween } from '../src/lib/shell/alerts';

function swarm(state: SwarmState, ...agents: AgentState[]): Swarm {
  return {
    id: 's',
    planId: 'p',
    workspaceId: 'w',
    state,
    elapsedMs: 0,
    title: 'A book shop',
    progress: { done: 0, total: 2 },
    agents: agents.map((agentState, i) => ({
      id: `a${i}`,
      role: 'coder',
      state: agentState,
      taskId: 't',
      adapter: 'command',
      attempt: 1
    })),
    tasks: [],
    usage: { tokensIn: 0, tokensOut: 0, agents: [] }
  };
}

const ids = (before: Swarm[], after: Swarm[]) => alertsBetween(before, after).map((a) => a.id);

test('an agent that begins to need somebody is told of once', () => {
  const calm = [swarm('RUNNING', 'WORKING', 'WORKING')];
  const asking = [swarm('RUNNING', 'WORKING', 'NEEDS_YOU')];
  expect(ids(calm, asking)).toEqual(['a1:needs']);
  expect(ids(asking, asking)).toEqual([]);
  expect(ids(asking, calm)).toEqual([]);
});

test('an end is told of, a cancellation is not', () => {
  const running = [swarm('RUNNING')];
  expect(ids(running, [swarm('COMPLETED')])).toEqual(['s:completed']);
  expect(ids(running, [swarm('FAILED')])).toEqual(['s:failed']);
  expect(ids(running, [swarm('CANCELLED')])).toEqual([]);
  expect(ids([swarm('FAILED')], [swarm('FAILED')])).toEqual([]);
});

test('a retry of a failed swarm that completes is told of', () => {
  expect(ids([swarm('FAILED')], [swarm('RUNNING')])).toEqual([]);
  expect(ids([swarm('RUNNING')], [swarm('COMPLETED')])).toEqual(['s:completed']);
});

test('one that began and ended between two looks is told of', () => {
  expect(ids([], [swarm('COMPLETED')])).toEqual(['s:completed']);
});

test('agents of a swarm that is over need nobody', () => {
  expect(ids([swarm('RUNNING', 'WORKING')], [swarm('FAILED', 'NEEDS_YOU')])).toEqual(['s:failed']);
});

test('work that waits for a review is told of once', () => {
  const reviewed = (state: SwarmState): Swarm => ({
    ...swarm(state, 'VERIFYING'),
    tasks: [{ id: 't', state: 'VERIFYING', review: { state: 'OPEN', commit: 'c' } }] as unknown as Swarm['tasks']
  });
  expect(ids([swarm('RUNNING', 'VERIFYING')], [reviewed('RUNNING')])).toEqual(['a0:needs']);
  expect(ids([reviewed('RUNNING')], [reviewed('RUNNING')])).toEqual([]);
});
