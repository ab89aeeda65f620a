import type { Conversation, Swarm } from '../api/types';
import { t } from '../text';

/** `14:03` today, `20 Nov, 14:03` before. */
export function moment(instant: string | Date, now = new Date()): string {
  const at = new Date(instant);
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
  return at.toDateString() === now.toDateString()
    ? at.toLocaleTimeString(undefined, time)
    : at.toLocaleString(undefined, { day: 'numeric', month: 'short', ...time });
}

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

export const needing = (swarm: Swarm) =>
  isOver(swarm) ? [] : swarm.agents.filter((a) => a.state === 'NEEDS_YOU');
