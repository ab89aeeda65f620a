import { describe, expect, it } from 'vitest';
import type { Agent, Swarm, SwarmTask } from '../src/lib/api/types';
import { moved, placed, seatsOf } from '../src/lib/views/swarm/order';

function swarm(states: (Agent['state'] | undefined)[]): Swarm {
  return {
    tasks: states.map((_, i) => ({ id: `t${i + 1}`, title: `Task ${i + 1}` }) as SwarmTask),
    agents: states.flatMap((state, i) =>
      state ? [{ id: `a${i + 1}`, taskId: `t${i + 1}`, state, paneId: `p${i + 1}` } as Agent] : []
    )
  } as unknown as Swarm;
}
const tiles = (before: string[], ...states: (Agent['state'] | undefined)[]) =>
  placed(before, seatsOf(swarm(states)), 4);

describe('the large tiles', () => {
  it('are those at work, in the order of the plan', () => {
    expect(tiles([], undefined, 'WORKING', 'EXITED', 'WORKING', 'WORKING', 'WORKING')).toEqual([
      't2', 't4', 't5', 't6'
    ]);
  });

  it('begin with one that needs somebody', () => {
    expect(tiles([], 'WORKING', 'WORKING', 'WORKING', 'WORKING', 'NEEDS_YOU')[0]).toBe('t5');
  });

  it('stay where they are while others come and go', () => {
    const before = ['t2', 't1', 't4', 't3'];
    expect(tiles(before, 'WORKING', 'WORKING', 'PAUSED', 'VERIFYING', 'WORKING')).toEqual(before);
  });

  it('give the place of an ended agent to one at work', () => {
    expect(tiles(['t1', 't2', 't3', 't4'], 'WORKING', 'EXITED', 'WORKING', 'WORKING', 'WORKING')).toEqual([
      't1', 't5', 't3', 't4'
    ]);
  });

  it('make room for one that needs somebody', () => {
    const now = tiles(['t1', 't2', 't3', 't4'], 'WORKING', 'WORKING', 'WORKING', 'WORKING', 'NEEDS_YOU');
    expect(now).toEqual(['t1', 't2', 't3', 't5']);
  });

  it('keep an ended agent while nobody else works', () => {
    const before = ['t1', 't2', 't3', 't4'];
    expect(tiles(before, 'EXITED', 'EXITED', 'EXITED', 'EXITED', undefined, 'EXITED')).toEqual(before);
  });
});

describe('a key', () => {
  it('swaps two tiles', () => expect(moved(['a', 'b', 'c'], 'c', 0)).toEqual(['c', 'b', 'a']));
  it('brings a row into a tile', () => expect(moved(['a', 'b'], 'z', 1)).toEqual(['a', 'z']));
});
