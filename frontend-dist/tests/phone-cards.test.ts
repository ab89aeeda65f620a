import { describe, expect, it } from 'vitest';
import type { Agent, Swarm } from '../src/lib/api/types';
import { beside, cardsOf } from '../src/lib/views/swarm/phone/cards';

const agent = (taskId: string, state: Agent['state'], attempt = 1): Agent => ({
  id: `${taskId}-${attempt}`, role: 'developer', state, taskId, adapter: 'command', attempt, paneId: `p-${taskId}`
});
const task = (id: string, state: Swarm['tasks'][number]['state'], dependsOn: string[] = []) => ({
  id, title: `Task ${id}`, role: 'developer', state, attempts: 1, dependsOn
});
const swarm = {
  tasks: [task('done', 'DONE'), task('work', 'RUNNING'), task('ask', 'RUNNING'), task('wait', 'WAITING', ['done', 'work'])],
  agents: [agent('done', 'EXITED'), agent('ask', 'EXITED'), agent('ask', 'NEEDS_YOU', 2), agent('work', 'WORKING')]
} as unknown as Swarm;

describe('the cards of a swarm', () => {
  const cards = cardsOf(swarm);

  it('begin with those that need a person, then those at work', () => {
    expect(cards.map((card) => card.task.id)).toEqual(['ask', 'work', 'done', 'wait']);
    expect(cards[0]).toMatchObject({ group: 'needsYou', shown: 'NEEDS_YOU' });
  });

  it('are those of the last attempts', () => {
    expect(cards[0]?.agent?.attempt).toBe(2);
  });

  it('say what is waited for, without what is done', () => {
    expect(cards.at(-1)?.after).toEqual(['Task work']);
  });

  it('go round among those with a pane', () => {
    expect(beside(cards, 'ask-2', -1)?.task.id).toBe('done');
    expect(beside(cards, 'ask-2', 1)?.task.id).toBe('work');
  });
});
