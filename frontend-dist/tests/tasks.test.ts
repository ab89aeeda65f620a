import { expect, it } from 'vitest';
import { newTask, wouldCycle, wrongWith } from '../src/lib/state/tasks';

const TASKS = [
  { id: 'a', dependsOn: [] },
  { id: 'b', dependsOn: ['a'] },
  { id: 'c', dependsOn: ['b'] }
];

it('sees a cycle, direct or through others, and none elsewhere', () => {
  expect(wouldCycle(TASKS, 'a', 'a')).toBe(true);
  expect(wouldCycle(TASKS, 'a', 'c')).toBe(true);
  expect(wouldCycle(TASKS, 'c', 'a')).toBe(false);
  expect(wouldCycle([{ id: 'x', dependsOn: ['y'] }, { id: 'y', dependsOn: ['x'] }], 'a', 'x')).toBe(false);
});

it('gives a new task a name of its own', () => {
  expect(newTask([{ id: 'a' }, { id: 'task-3' }], 'New').id).toBe('task-4');
});

it('finds the errors of one task', () => {
  const at = (field: string) => ({ field, code: 'required', message: field });
  const errors = [at('tasks[1].acceptance'), at('tasks[1]'), at('tasks[11].title'), at('topology')];
  expect(wrongWith(errors, 1)).toEqual(errors.slice(0, 2));
});
