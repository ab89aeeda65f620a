import { expect, it } from 'vitest';
import type { Agent, SwarmTask } from '../src/lib/api/types';
import { newsSince, seenNow } from '../src/lib/views/swarm/inspector/away';

const task = (id: string, state: SwarmTask['state']): SwarmTask => ({
  id,
  title: id,
  role: 'r',
  state,
  attempts: 1,
  dependsOn: [],
  checks: []
});
const agent = (id: string, state: Agent['state']): Agent => ({
  id,
  role: 'r',
  state,
  taskId: id,
  adapter: 'command',
  attempt: 1
});

it('counts what has become done, failed or asking since', () => {
  const before = {
    tasks: [task('a', 'RUNNING'), task('b', 'DONE'), task('c', 'RUNNING'), task('d', 'WAITING')],
    agents: [agent('a', 'WORKING'), agent('c', 'NEEDS_YOU')]
  };
  const now = {
    tasks: [task('a', 'DONE'), task('b', 'DONE'), task('c', 'FAILED'), task('d', 'DONE')],
    agents: [agent('a', 'EXITED'), agent('c', 'NEEDS_YOU'), agent('d', 'NEEDS_YOU')]
  };
  expect(newsSince(seenNow(before, 0), now)).toEqual({ done: 2, failed: 1, needsYou: 1 });
});

it('says nothing where nothing that matters has happened', () => {
  const before = { tasks: [task('a', 'WAITING')], agents: [] };
  const now = { tasks: [task('a', 'RUNNING')], agents: [agent('a', 'WORKING')] };
  expect(newsSince(seenNow(before, 0), now)).toBeUndefined();
  expect(newsSince(seenNow(now, 0), now)).toBeUndefined();
});
