/** How much a task asks to be looked at: lower first. */
export enum Call {
  needsYou,
  live,
  ended,
  waits
}

export interface Shown {
  id: string;
  call: Call;
}

/**
 * Which tasks have one of the big places. Nothing moves while a person looks, but where an agent has
 * ended or another one needs them. What a person put somewhere stays there.
 *
 * @param before ids in their places, as they were
 * @param kept the id that the person chose last
 */
export function places(
  before: readonly string[],
  tasks: readonly Shown[],
  size: number,
  kept?: string
): string[] {
  const call = new Map(tasks.map((task) => [task.id, task.call]));
  const now = before.filter((id) => call.has(id)).slice(0, size);
  const outside = () =>
    tasks.filter((task) => !now.includes(task.id)).sort((a, b) => a.call - b.call);
  while (now.length < size && outside().length) now.push(outside()[0]!.id);
  for (const next of outside()) {
    const gives = weakest(now, call, kept);
    if (gives < 0) break;
    const held = call.get(now[gives]!)!;
    const wins = next.call === Call.needsYou ? held > Call.needsYou : held > next.call && held > Call.live;
    if (wins) now[gives] = next.id;
  }
  return now;
}

/** The place whose task asks least; of equals the last. -1 where none may change. */
function weakest(ids: readonly string[], call: Map<string, Call>, kept?: string): number {
  let found = -1;
  ids.forEach((id, at) => {
    if (id === kept) return;
    if (found < 0 || call.get(id)! >= call.get(ids[found]!)!) found = at;
  });
  return found;
}

/** Puts a task into the first place; the one there takes its place. */
export function broughtForward(before: readonly string[], id: string): string[] {
  const at = before.indexOf(id);
  if (at === 0) return [...before];
  const first = before[0];
  if (at > 0) return before.map((x, i) => (i === 0 ? id : i === at ? first! : x));
  return [id, ...before.slice(1)];
}
