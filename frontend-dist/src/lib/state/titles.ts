import type { Agent, Conversation, Swarm } from '../api/types';
import { t } from '../text';

/** `14:03` today, `20 Nov, 14:03` before. */
export function moment(instant: string | Date, now = new Date()): string {
  const at = new Date(instant);
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
  return at.toDateString() === now.toDateString()
    ? at.toLocaleTimeString(undefined, time)
    : at.toLocaleString(undefined, { day: 'numeric', month: 'short', ...time });
}

/** `20 Nov 2026`. */
export const day = (instant: string): string =>
  new Date(instant).toLocaleDateString(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

/** What a swarm is called: by the conversation that it came from. */
export function swarmTitle(swarm: Swarm, conversations: Conversation[]): string {
  const title = conversations.find((c) => c.id === swarm.conversationId)?.title;
  if (title) return title;
  return swarm.startedAt
    ? t.shell.swarms.untitled(moment(swarm.startedAt))
    : t.shell.swarms.pending;
}

const OVER = new Set(['COMPLETED', 'FAILED', 'CANCELLED']);

export const isOver = (swarm: Swarm): boolean => OVER.has(swarm.state);

/** The agent of a task's last attempt. */
export const agentOf = (swarm: Pick<Swarm, 'agents'>, taskId: string): Agent | undefined =>
  swarm.agents.findLast((a) => a.taskId === taskId);

/** Tasks whose changes wait for a person's look. */
export const reviewing = (swarm: Swarm) =>
  isOver(swarm) ? [] : swarm.tasks.filter((task) => task.state === 'VERIFYING' && task.review?.state === 'OPEN');

/** Agents that wait for a person: for an answer, or for a look at what they did. */
export function needing(swarm: Swarm): Agent[] {
  if (isOver(swarm)) return [];
  const reviewed = new Set(reviewing(swarm).map((task) => agentOf(swarm, task.id)?.id));
  return swarm.agents.filter((agent) => agent.state === 'NEEDS_YOU' || reviewed.has(agent.id));
}
