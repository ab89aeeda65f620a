import type { Agent, AgentState, Swarm, SwarmTask, TaskState } from '../../api/types';
import { agentOf } from '../../state/titles';

/** A task with the agent of its last attempt. `number` is its key, the same for as long as the swarm lives. */
export interface Seat {
  number: number;
  task: SwarmTask;
  agent?: Agent;
}

/** The one state that stands for both: the agent's where that says more. */
export function shownState({ task, agent }: Seat): TaskState | AgentState {
  return agent?.state === 'NEEDS_YOU' || agent?.state === 'PAUSED' ? agent.state : task.state;
}

/** What an agent at work does, by its program's own words. */
export const doingOf = (agent: Agent | undefined) =>
  agent?.state === 'WORKING' || agent?.state === 'NEEDS_YOU' ? agent.activity : undefined;

/** Tasks in the plan's order. */
export function seatsOf(swarm: Swarm): Seat[] {
  return swarm.tasks.map((task, i) => ({
    number: i + 1,
    task,
    agent: agentOf(swarm, task.id)
  }));
}

const needsYou = (seat: Seat) => seat.agent?.state === 'NEEDS_YOU';
const live = (seat: Seat) => seat.agent !== undefined && seat.agent.state !== 'EXITED';

function rank(seat: Seat): number {
  if (needsYou(seat)) return 0;
  if (live(seat)) return 1;
  if (seat.agent?.paneId) return 2;
  return 3;
}

/**
 * Which tasks have the large tiles, as ids. One that has a tile keeps its place, unless its agent has
 * ended and another is at work, or one without a tile needs somebody.
 */
export function placed(before: readonly string[], seats: readonly Seat[], places: number): string[] {
  const byId = new Map(seats.map((seat) => [seat.task.id, seat]));
  const now = before.filter((id) => byId.has(id)).slice(0, places);
  const waiting = seats
    .filter((seat) => !now.includes(seat.task.id))
    .sort((a, b) => rank(a) - rank(b) || a.number - b.number);
  for (const seat of waiting) {
    if (now.length < places) {
      now.push(seat.task.id);
      continue;
    }
    const at = weakest(now.map((id) => byId.get(id)!), rank(seat));
    if (at >= 0) now[at] = seat.task.id;
  }
  return now;
}

/** The last tile whose task counts less; a live one gives way only to one that needs somebody. */
function weakest(tiles: Seat[], than: number): number {
  let at = -1;
  tiles.forEach((seat, i) => {
    if (rank(seat) > than && (at < 0 || rank(seat) >= rank(tiles[at]!))) at = i;
  });
  return at;
}

/** Puts a task into a place; the one that was there takes its old place, if it had one. */
export function moved(tiles: readonly string[], id: string, to: number): string[] {
  const next = [...tiles];
  const from = next.indexOf(id);
  if (from >= 0) next[from] = next[to]!;
  next[to] = id;
  return next;
}
