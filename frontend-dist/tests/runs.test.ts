import { describe, expect, it } from 'vitest';
import type { Swarm } from '../src/lib/api/types';
import { failuresOf, titleOf } from '../src/lib/views/result/failure';
import { byDay, matching, rowOf } from '../src/lib/views/runs/rows';
import { ago } from '../src/lib/ui/ago.svelte';

const NOON = new Date(2026, 4, 20, 12).getTime();
const HOUR = 3_600_000;

const swarm = (id: string, more: Partial<Swarm> = {}): Swarm => ({
  id,
  planId: 'p',
  workspaceId: 'w',
  conversationId: `c-${id}`,
  title: '',
  state: 'COMPLETED',
  elapsedMs: 1000,
  progress: { done: 1, total: 1 },
  agents: [],
  tasks: [],
  usage: { tokensIn: 0, tokensOut: 0, agents: [] },
  ...more
});
const task = (id: string, state: Swarm['tasks'][number]['state'], dependsOn: string[] = []) => ({
  id,
  title: `Task ${id}`,
  role: 'r',
  state,
  attempts: 1,
  dependsOn,
  checks: []
});
const at = (ms: number) => new Date(ms).toISOString();

describe('the list of runs', () => {
  it('names a run by its title, its conversation or its first task', () => {
    const tasks = [task('a', 'DONE')];
    const named = [{ id: 'c-1', title: 'Book shop' }];
    expect(titleOf(swarm('1', { title: 'Own', tasks }), named)).toBe('Own');
    expect(titleOf(swarm('1', { tasks }), named)).toBe('Book shop');
    expect(titleOf(swarm('1', { tasks }), [{ id: 'c-1', title: 'New conversation' }])).toBe('Task a');
  });

  it('finds by state and by every word of title, tasks and roles', () => {
    const rows = [
      rowOf(swarm('1', { title: 'Book shop', tasks: [task('api', 'DONE')] }), []),
      rowOf(swarm('2', { title: 'Book search', state: 'PAUSED' }), []),
      rowOf(swarm('3', { title: 'Invoices', state: 'FAILED' }), [])
    ];
    const ids = (...args: [Parameters<typeof matching>[1], string]) =>
      matching(rows, ...args).map((r) => r.id);
    expect(ids('all', '')).toEqual(['1', '2', '3']);
    expect(ids('live', '')).toEqual(['2']);
    expect(ids('FAILED', 'book')).toEqual([]);
    expect(ids('all', 'API  book')).toEqual(['1']);
  });

  it('goes from the newest to the oldest, by day', () => {
    const rows = [2, 14, 30, 24 * 500].map((hours, i) =>
      rowOf(swarm(String(i), { title: 'x', startedAt: at(NOON - hours * HOUR) }), [])
    );
    const days = byDay([rows[2]!, rows[0]!, rows[3]!, rows[1]!], NOON);
    expect(days.map((d) => d.rows.map((r) => r.id))).toEqual([['0'], ['1', '2'], ['3']]);
    expect(days.slice(0, 2).map((d) => d.day)).toEqual(['Today', 'Yesterday']);
    expect(days[2]!.day).toContain('2025');
  });
});

describe('a failed run', () => {
  it('tells which tasks were cancelled because of which', () => {
    const [failure, ...more] = failuresOf(
      swarm('1', {
        tasks: [
          task('a', 'FAILED'),
          task('b', 'CANCELLED', ['a']),
          task('c', 'CANCELLED', ['b']),
          task('d', 'CANCELLED'),
          task('e', 'DONE')
        ]
      })
    );
    expect(more).toEqual([]);
    expect(failure!.task.id).toBe('a');
    expect(failure!.cancelled).toEqual(['Task b', 'Task c']);
  });
});

it('says how long ago', () => {
  expect(ago(NOON, NOON)).toBe('now');
  expect(ago(NOON - 59_000, NOON)).toBe('59 sec. ago');
  expect(ago(NOON - 5 * 60_000, NOON)).toBe('5 min. ago');
  expect(ago(NOON - 25 * HOUR, NOON)).toBe('yesterday');
  expect(ago(NOON + 5_000, NOON)).toBe('now');
});
