import type { Swarm } from '../../../api/types';

/** What a person had seen of a swarm when they last looked at it. */
export interface Seen {
  at: number;
  tasks: Record<string, string>;
  /** Agents that needed a person. */
  asking: string[];
}

export interface News {
  done: number;
  needsYou: number;
  failed: number;
}

/** So long a look away is not told of. */
export const AWAY_MS = 60_000;

const asking = (swarm: Pick<Swarm, 'agents'>) =>
  swarm.agents.filter((a) => a.state === 'NEEDS_YOU').map((a) => a.id);

export function seenNow(swarm: Pick<Swarm, 'agents' | 'tasks'>, at: number): Seen {
  return {
    at,
    tasks: Object.fromEntries(swarm.tasks.map((t) => [t.id, t.state])),
    asking: asking(swarm)
  };
}

/** What has become of it since; nothing where nothing that matters has. */
export function newsSince(seen: Seen, swarm: Pick<Swarm, 'agents' | 'tasks'>): News | undefined {
  const became = (state: string) =>
    swarm.tasks.filter((t) => t.state === state && seen.tasks[t.id] !== state).length;
  const news = {
    done: became('DONE'),
    needsYou: asking(swarm).filter((id) => !seen.asking.includes(id)).length,
    failed: became('FAILED')
  };
  return news.done || news.needsYou || news.failed ? news : undefined;
}
