import { expect, it } from 'vitest';
import type { PlanTask } from '../src/lib/api/types';
import { doerOf, givenTo, newTask, programFor, unprompted, wouldCycle, wrongWith } from '../src/lib/state/tasks';

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

const OURS = { kind: 'program', profile: 'model' } as const;
const CODEX = { kind: 'program', profile: 'codex' } as const;

it('gives a new task to an agent program, which then has to be told what to do', () => {
  const task = newTask([], 'New', CODEX);
  expect(task).toMatchObject({ adapter: 'command', profile: 'codex', prompt: '' });
  expect(task).not.toHaveProperty('command');
  expect(unprompted(task)).toBe(true);
  expect(unprompted({ ...task, prompt: 'Do it' })).toBe(false);
  expect(unprompted(newTask([], 'New'))).toBe(false);
});

it('names the way that a program is spoken to', () => {
  const chosen = programFor({ id: 'opencode-acp', kind: 'acp' });
  const task = newTask([], 'New', chosen);
  expect(task).toMatchObject({ adapter: 'acp', profile: 'opencode-acp' });
  expect(doerOf(task)).toEqual(chosen);
  expect(programFor({ id: 'codex', kind: 'command' })).toEqual(CODEX);
  expect(givenTo(task, CODEX)).toMatchObject({ adapter: 'command', profile: 'codex' });
});

it('knows our own agent by its adapter, which has no profile', () => {
  const ours = { ...givenTo(newTask([], 'A', CODEX), OURS), model: 'openai/x' };
  expect(ours).toMatchObject({ adapter: 'model', prompt: '' });
  expect(ours).not.toHaveProperty('profile');
  expect(doerOf(ours)).toEqual(OURS);
  expect(givenTo(ours, OURS).model).toBe('openai/x');
  expect(givenTo(ours, CODEX)).toMatchObject({ adapter: 'command', profile: 'codex' });
  expect(givenTo(ours, CODEX)).not.toHaveProperty('model');
});

it('gives a task to another and back', () => {
  const steps: PlanTask = { ...newTask([], 'A'), adapter: 'recipe', recipe: 'web@1', command: undefined };
  const asked = { ...givenTo(steps, CODEX), prompt: 'Do it', model: 'openai/x' };
  expect(doerOf(asked)).toEqual(CODEX);
  expect(givenTo(asked, CODEX).model).toBe('openai/x');
  expect(givenTo(asked, { kind: 'program', profile: 'claude' })).not.toHaveProperty('model');
  const line = givenTo(asked, { kind: 'command' }, ['make', 'all']);
  expect(line).toMatchObject({ adapter: 'command', command: ['make', 'all'], prompt: 'Do it' });
  expect(line).not.toHaveProperty('profile');
  const back = givenTo(line, { kind: 'recipe' });
  expect(back).toMatchObject({ adapter: 'recipe', recipe: 'web@1' });
  expect(back).not.toHaveProperty('command');
});
