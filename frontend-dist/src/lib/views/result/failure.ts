import type { Agent, Swarm, SwarmTask } from '../../api/types';
import { agentOf } from '../../state/titles';
import { checksOf, passed, type Check } from '../proof/proofs';

/** Why a task failed, as far as its checks and its program say. */
export interface Failure {
  task: SwarmTask;
  /** The checks whose last run is red. */
  red: Check[];
  agent: Agent | undefined;
  /** Titles of the tasks that were cancelled because they wait for it. */
  cancelled: string[];
}

/** The tasks that wait for this one, directly or through others. */
function dependants(tasks: readonly SwarmTask[], id: string): SwarmTask[] {
  const reached = new Set([id]);
  for (let before = 0; before < reached.size; ) {
    before = reached.size;
    for (const task of tasks) if (task.dependsOn.some((d) => reached.has(d))) reached.add(task.id);
  }
  return tasks.filter((t) => t.id !== id && reached.has(t.id));
}

export function failuresOf(swarm: Pick<Swarm, 'tasks' | 'agents'>): Failure[] {
  return swarm.tasks
    .filter((task) => task.state === 'FAILED')
    .map((task) => ({
      task,
      red: checksOf(task).filter((c) => !passed(c.latest)),
      agent: agentOf(swarm, task.id),
      cancelled: dependants(swarm.tasks, task.id)
        .filter((t) => t.state === 'CANCELLED')
        .map((t) => t.title)
    }));
}

/** The title that the server gives a conversation which nobody named. */
const UNNAMED = 'New conversation';

/** What a swarm is called. */
export function titleOf(
  swarm: Pick<Swarm, 'title' | 'tasks' | 'conversationId'>,
  conversations: readonly { id: string; title: string }[]
): string {
  const conversation = conversations.find((c) => c.id === swarm.conversationId)?.title;
  const named = conversation === UNNAMED ? undefined : conversation;
  return swarm.title || named || swarm.tasks[0]?.title || '';
}
