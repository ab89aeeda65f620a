import type { Agent } from '../../api/types';
import { t } from '../../text';
import type { PaneFeed } from '../../terminal/feed.svelte';

export interface Note {
  text: string;
  tone: 'wait' | 'hold' | 'bad' | 'quiet';
}

const QUIET_MS = 90_000;
const n = t.swarm.note;

type Seen = Pick<PaneFeed, 'link' | 'holder' | 'mine' | 'lastOutputAt'>;

/** What one should know of a pane, the most important first; nothing where all is as usual. */
export function noteOf(
  seen: Seen | undefined,
  agent: (Agent & { reason?: string }) | undefined,
  now: number,
  resynced = false
): Note | undefined {
  if (agent?.state === 'NEEDS_YOU') {
    return { text: agent.reason ? `${n.needsYou}: ${agent.reason}` : n.needsYou, tone: 'wait' };
  }
  if (seen && seen.link !== 'live') {
    const tone = seen.link === 'connecting' ? 'quiet' : seen.link === 'lost' ? 'wait' : 'bad';
    return { text: n[seen.link], tone };
  }
  if (agent?.state === 'EXITED' && agent.exitCode === undefined) return { text: n.agentLost, tone: 'bad' };
  if (resynced) return { text: n.resynced, tone: 'hold' };
  if (seen?.mine) return { text: n.you, tone: 'hold' };
  if (seen?.holder && seen.holder.kind !== 'agent') {
    return { text: n.typing(seen.holder.name ?? n.somebody), tone: 'hold' };
  }
  if (agent?.state === 'PAUSED') return { text: n.paused, tone: 'hold' };
  const since = seen?.lastOutputAt === undefined ? 0 : now - seen.lastOutputAt;
  if (agent?.state === 'WORKING' && since >= QUIET_MS) {
    return { text: n.quiet(Math.floor(since / 60_000)), tone: 'quiet' };
  }
  return undefined;
}
