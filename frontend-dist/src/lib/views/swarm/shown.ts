import type { Agent, AgentState, SwarmTask, TaskState } from '../../api/types';
import { Call } from './places';

/** The one state that stands for a task and its agent: what the agent is in where that says more. */
export function shownState(task: SwarmTask, agent: Agent | undefined): TaskState | AgentState {
  const says = agent?.state;
  return says === 'NEEDS_YOU' || says === 'PAUSED' || (says === 'STARTING' && task.state === 'RUNNING')
    ? says
    : task.state;
}

export function callOf(agent: Agent | undefined): Call {
  if (agent?.state === 'NEEDS_YOU') return Call.needsYou;
  if (!agent?.paneId) return Call.waits;
  return agent.state === 'EXITED' ? Call.ended : Call.live;
}
