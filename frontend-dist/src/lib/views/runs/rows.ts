import type { Swarm, SwarmState } from '../../api/types';
import { t } from '../../text';
import { greenOf } from '../proof/proofs';
import { titleOf } from '../result/failure';

/** A run as the list shows it. */
export interface Row {
  id: string;
  title: string;
  state: SwarmState;
  over: boolean;
  done: number;
  total: number;
  green: number;
  checks: number;
  agents: number;
  /** Agents that need a person. */
  asking: number;
  /** Milliseconds; nothing before it began. */
  startedAt: number | undefined;
  elapsedMs: number;
  /** Small letters, to find it by. */
  words: string;
}

export type Filter = keyof typeof t.runs.states;

const LIVE = new Set<SwarmState>(['PENDING', 'RUNNING', 'PAUSED']);
const DAY_MS = 86_400_000;

export function rowOf(swarm: Swarm, conversations: readonly { id: string; title: string }[]): Row {
  const title = titleOf(swarm, conversations);
  const { green, all } = greenOf(swarm.tasks);
  return {
    id: swarm.id,
    title,
    state: swarm.state,
    over: !LIVE.has(swarm.state),
    done: swarm.progress.done,
    total: swarm.progress.total,
    green,
    checks: all,
    agents: swarm.agents.length,
    asking: swarm.agents.filter((a) => a.state === 'NEEDS_YOU').length,
    startedAt: swarm.startedAt ? Date.parse(swarm.startedAt) : undefined,
    elapsedMs: swarm.elapsedMs,
    words: [title, ...swarm.tasks.map((x) => x.title), ...swarm.agents.map((a) => a.role)]
      .join('\n')
      .toLowerCase()
  };
}

export function matching(rows: readonly Row[], filter: Filter, text: string): Row[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(
    (row) =>
      (filter === 'all' || (filter === 'live' ? LIVE.has(row.state) : row.state === filter)) &&
      words.every((word) => row.words.includes(word))
  );
}

function dayOf(at: number | undefined, now: number): string {
  if (at === undefined) return t.runs.notStarted;
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  if (at >= midnight) return t.runs.today;
  if (at >= midnight - DAY_MS) return t.runs.yesterday;
  return new Date(at).toLocaleDateString('en', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(new Date(at).getFullYear() === new Date(now).getFullYear() ? {} : { year: 'numeric' })
  });
}

/** Newest first, by the day on which they began. */
export function byDay(rows: readonly Row[], now: number): { day: string; rows: Row[] }[] {
  const newest = [...rows].sort((a, b) => (b.startedAt ?? Infinity) - (a.startedAt ?? Infinity));
  const days: { day: string; rows: Row[] }[] = [];
  for (const row of newest) {
    const day = dayOf(row.startedAt, now);
    if (days.at(-1)?.day === day) days.at(-1)!.rows.push(row);
    else days.push({ day, rows: [row] });
  }
  return days;
}
