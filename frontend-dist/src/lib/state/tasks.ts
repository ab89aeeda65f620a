import type { Adapter, FieldError, PlanTask } from '../api/types';

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

/** Who does a task: steps that are known, a command line, or an agent program by its id. */
export type Doer = { kind: 'recipe' } | { kind: 'command' } | AgentProgram;

/** @property acp it is spoken to by the Agent Client Protocol */
export type AgentProgram = { kind: 'program'; profile: string; acp?: true };

const NO_COMMAND = ['sh', '-c', ''];

/** orchflow's own agent, which a task names as its adapter and not as a profile. */
const OWN = 'model';

/** The id of the agent program that does a task. */
export const programOf = (task: Pick<PlanTask, 'adapter' | 'profile'>): string | undefined =>
  task.adapter === OWN ? OWN : task.profile;

/** What a task is given to by choosing it in the list of adapters. */
export const programFor = (adapter: Pick<Adapter, 'id' | 'kind'>): AgentProgram => ({
  kind: 'program',
  profile: adapter.id,
  ...(adapter.kind === 'acp' ? { acp: true } : {})
});

/** A task of the person's own, with a name that no other has. */
export function newTask(
  tasks: readonly Pick<PlanTask, 'id'>[],
  title: string,
  doer: Doer = { kind: 'command' }
): PlanTask {
  let number = tasks.length + 1;
  while (tasks.some((task) => task.id === `task-${number}`)) number++;
  const task: PlanTask = {
    id: `task-${number}`,
    title,
    role: 'developer',
    adapter: 'command',
    dependsOn: [],
    acceptance: [{ command: '' }]
  };
  return givenTo(task, doer);
}

export function doerOf(task: Pick<PlanTask, 'adapter' | 'profile'>): Doer {
  if (task.adapter === 'recipe') return { kind: 'recipe' };
  const profile = programOf(task);
  return profile ? { kind: 'program', profile, ...(task.adapter === 'acp' ? { acp: true } : {}) } : { kind: 'command' };
}

/**
 * The task, given to another. A recipe's name and a prompt stay, so that it can be given back.
 * @param command what a command line begins with where the task has none
 */
export function givenTo(task: PlanTask, doer: Doer, command: readonly string[] = NO_COMMAND): PlanTask {
  const { command: had, profile: _, model, ...rest } = task;
  switch (doer.kind) {
    case 'recipe':
      return { ...rest, adapter: 'recipe' };
    case 'command':
      return { ...rest, adapter: 'command', command: had?.length ? had : [...command] };
    case 'program':
      return {
        ...rest,
        ...(doer.profile === OWN ? { adapter: OWN } : { adapter: doer.acp ? 'acp' : 'command', profile: doer.profile }),
        prompt: task.prompt ?? '',
        // Another program may speak another dialect, which the model's provider may not.
        ...(model && programOf(task) === doer.profile ? { model } : {})
      };
  }
}

/** Given to an agent program that is not told what to do. */
export const unprompted = (task: PlanTask): boolean =>
  doerOf(task).kind === 'program' && !task.prompt?.trim();

/** What the server found wrong with the task at this place. */
export function wrongWith(errors: readonly FieldError[] | undefined, index: number): FieldError[] {
  const name = `tasks[${index}]`;
  return (errors ?? []).filter(({ field }) => field === name || field.startsWith(`${name}.`));
}
