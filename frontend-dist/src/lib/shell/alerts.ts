import type { Swarm } from '../api/types';
import { isOver, needing } from '../state/titles';

/** Something that a person wants to hear of though they look elsewhere. */
export interface Alert {
  /** The same in every tab that sees it. */
  id: string;
  kind: 'needs' | 'completed' | 'failed';
  swarm: Swarm;
  agentId?: string;
  role?: string;
}

/** What began to need somebody, or ended, between two looks at a workspace's swarms. */
export function alertsBetween(before: Swarm[], after: Swarm[]): Alert[] {
  return after.flatMap((swarm) => {
    const earlier = before.find((s) => s.id === swarm.id);
    const asked = new Set(earlier ? needing(earlier).map((a) => a.id) : []);
    const alerts: Alert[] = needing(swarm)
      .filter((agent) => !asked.has(agent.id))
      .map((agent) => ({
        id: `${agent.id}:needs`,
        kind: 'needs',
        swarm,
        agentId: agent.id,
        role: agent.role
      }));
    if (isOver(swarm) && !(earlier && isOver(earlier)) && swarm.state !== 'CANCELLED') {
      const kind = swarm.state === 'COMPLETED' ? 'completed' : 'failed';
      alerts.push({ id: `${swarm.id}:${kind}`, kind, swarm });
    }
    return alerts;
  });
}
