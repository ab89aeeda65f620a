import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import type { Evidence, Swarm } from '../src/lib/api/types';
import { Marks } from '../src/lib/diff/marks.svelte';
import { reviewing } from '../src/lib/state/titles';
import { checksOf, greenOf, passed, verdictOf } from '../src/lib/views/proof/proofs';
import Conflicts from '../src/lib/views/swarm/Conflicts.svelte';

const words = (html: string) => html.replace(/<!--.*?-->/gs, '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').trim();

describe('marks of a review', () => {
  it('are told by file and block, with what is said', () => {
    const marks = new Marks();
    marks.toggle('a.txt', '@@ -1 +1 @@');
    marks.say('a.txt', '@@ -1 +1 @@', ' shorter ');
    marks.toggle('b.txt');
    marks.say('c.txt', '', 'nobody marked this');
    expect(marks.comments()).toEqual([{ path: 'a.txt', hunk: '@@ -1 +1 @@', text: 'shorter' }, { path: 'b.txt' }]);
  });
  it('are taken back', () => {
    const marks = new Marks();
    marks.toggle('a', 'x');
    marks.toggle('a', 'x');
    expect(marks.size).toBe(0);
    expect(marks.has('a', 'x')).toBe(false);
  });
});

const task = (id: string, state: string, review?: string) => ({ id, title: id.toUpperCase(), state, ...(review ? { review: { state: review, commit: 'c' } } : {}) });

describe('what waits for a review', () => {
  const swarm = (state: string) =>
    ({ state, tasks: [task('a', 'VERIFYING', 'OPEN'), task('b', 'VERIFYING', 'ACCEPTED'), task('c', 'DONE', 'OPEN'), task('d', 'VERIFYING')] }) as unknown as Swarm;
  it('is what nobody has taken yet', () => expect(reviewing(swarm('RUNNING')).map((one) => one.id)).toEqual(['a']));
  it('is nothing once the swarm has ended', () => expect(reviewing(swarm('CANCELLED'))).toEqual([]));
});

describe('expected conflicts', () => {
  const shown = (conflicts?: object[]) =>
    words(render(Conflicts, { props: { swarm: { tasks: [task('a', 'RUNNING'), task('b', 'RUNNING')], conflicts } as unknown as Swarm } }).body);
  it('are named by the tasks and their files', () => {
    const text = shown([
      { taskId: 'a', kind: 'TASK', with: 'b', paths: ['x', 'y', 'z', 'w'] },
      { taskId: 'b', kind: 'MAIN', paths: ['x'] },
      { taskId: 'b', kind: 'SWARM', paths: ['v'] }
    ]);
    expect(text).toContain('“A” and “B” x, y, z and 1 more');
    expect(text).toContain('“B” and what is merged already x');
    expect(text).toContain('“B” and another run of this workspace v');
  });
  it('are not shown where there are none', () => expect(shown()).toBe(''));
});

describe('a check that passed and proves nothing', () => {
  const run = { id: 'e', exitCode: 0, checkSha256: 's', command: 'x', stage: 'COMMIT', objection: 'it cannot fail' } as unknown as Evidence;
  it('is not green', () => {
    const [check] = checksOf({ evidence: [run] });
    expect(verdictOf(check!, run)).toBe('refuted');
    expect(passed(run)).toBe(false);
    expect(greenOf([{ evidence: [run] }])).toEqual({ green: 0, all: 1 });
  });
});
