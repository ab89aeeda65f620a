import type { Agent, SwarmTask } from '../../api/types';
import type { LinkState } from '../../terminal/connection';
import type { LeaseHolder } from '../../terminal/frames';
import { t } from '../../text';

export const QUIET_MS = 90_000;
export const REDRAWN_MS = 4_000;

/** What stands on a pane besides its output. */
export interface Note {
  tone: 'quiet' | 'wait' | 'bad' | 'go';
  text: string;
}

export interface Standing {
  task: Pick<SwarmTask, 'state'>;
  agent?: Pick<Agent, 'state' | 'exitCode' | 'reason'>;
  link: LinkState;
  ended: boolean;
  exitCode?: number;
  holder?: LeaseHolder;
  mine: boolean;
  /** Milliseconds; nothing before the first output. */
  silentFor?: number;
  redrawn: boolean;
}

/** The most important thing to say of a pane, if anything. */
export function noteOf(it: Standing): Note | undefined {
  const n = t.swarm.note;
  if (it.link === 'revoked') return { tone: 'bad', text: n.revoked };
  if (it.link === 'refused') return { tone: 'bad', text: n.refused };
  if (it.link === 'gone') return { tone: 'quiet', text: n.gone };
  if (it.link === 'lost') return { tone: 'wait', text: n.lost };
  if (it.link === 'connecting') return { tone: 'quiet', text: n.connecting };
  if (it.agent?.state === 'NEEDS_YOU') return { tone: 'wait', text: it.agent.reason ?? n.asks };
  if (it.agent?.state === 'EXITED' && it.agent.exitCode === undefined && it.task.state !== 'DONE') {
    return { tone: 'bad', text: n.agentLost };
  }
  if (it.mine) return { tone: 'go', text: n.you };
  if (it.holder?.kind === 'user' || it.holder?.kind === 'guest') {
    return { tone: 'wait', text: n.other(it.holder.name ?? n.somebody) };
  }
  if (it.redrawn) return { tone: 'quiet', text: n.redrawn };
  const working = it.agent?.state === 'WORKING' && !it.ended;
  if (working && it.silentFor !== undefined && it.silentFor >= QUIET_MS) {
    return { tone: 'wait', text: n.quiet(Math.floor(it.silentFor / 60_000), Math.floor(it.silentFor / 1000)) };
  }
  return undefined;
}
