import type { Agent, Swarm, SwarmTask, AgentState, TaskState } from '../../../api/types';
import { agentOf } from '../../../state/titles';

export interface Card {
  task: SwarmTask;
  /** Of the task's last attempt. */
  agent?: Agent;
  shown: AgentState | TaskState;
  group: 'needsYou' | 'working' | 'others';
  /** Titles of the tasks that it waits for. */
  after: string[];
}

const AT_WORK = new Set(['STARTING', 'WORKING', 'VERIFYING', 'PAUSED']);

function groupOf(task: SwarmTask, agent: Agent | undefined): Card['group'] {
  if (agent?.state === 'NEEDS_YOU') return 'needsYou';
  const atWork = agent !== undefined && AT_WORK.has(agent.state);
  return atWork || task.state === 'RUNNING' || task.state === 'VERIFYING' ? 'working' : 'others';
}

/** One for each task: those that need a person first, then those at work, then the others. */
export function cardsOf(swarm: Swarm): Card[] {
  const cards = swarm.tasks.map((task): Card => {
    const agent = agentOf(swarm, task.id);
    const open = swarm.tasks.filter((t) => t.state !== 'DONE' && task.dependsOn?.includes(t.id));
    const speaks = agent?.state === 'NEEDS_YOU' || agent?.state === 'PAUSED' || agent?.state === 'STARTING';
    return {
      task,
      agent,
      shown: agent && speaks ? agent.state : task.state,
      group: groupOf(task, agent),
      after: task.state === 'WAITING' ? open.map((t) => t.title) : []
    };
  });
  const order = ['needsYou', 'working', 'others'];
  return cards.sort((a, b) => order.indexOf(a.group) - order.indexOf(b.group));
}

/** The card before or after the one of this agent, among those that have a pane. */
export function beside(cards: Card[], agentId: string, by: 1 | -1): Card | undefined {
  const open = cards.filter((card) => card.agent?.paneId);
  const at = open.findIndex((card) => card.agent?.id === agentId);
  return open.length > 1 ? open[(at + by + open.length) % open.length] : undefined;
}
