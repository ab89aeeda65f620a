import type { FieldError, PlanTask } from '../api/types';

/** Whether `id` would wait for itself, directly or through others, if it waited for `on`. */
export function wouldCycle(
  tasks: readonly Pick<PlanTask, 'id' | 'dependsOn'>[],
  id: string,
  on: string
): boolean {
  const needs = new Map(tasks.map((task) => [task.id, task.dependsOn]));
  const seen = new Set<string>();
  const open = [on];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === id) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...(needs.get(next) ?? []));
  }
  return false;
}

/** A task of the person's own, with a name that no other has. */
export function newTask(tasks: readonly Pick<PlanTask, 'id'>[], title: string): PlanTask {
  let number = tasks.length + 1;
  while (tasks.some((task) => task.id === `task-${number}`)) number++;
  return {
    id: `task-${number}`,
    title,
    role: 'developer',
    adapter: 'command',
    command: ['sh', '-c', ''],
    dependsOn: [],
    acceptance: [{ command: '' }]
  };
}

/** What the server found wrong with the task at this place. */
export function wrongWith(errors: readonly FieldError[] | undefined, index: number): FieldError[] {
  const name = `tasks[${index}]`;
  return (errors ?? []).filter(({ field }) => field === name || field.startsWith(`${name}.`));
}
