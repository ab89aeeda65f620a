/** One line of the palette. */
export interface Entry {
  id: string;
  title: string;
  group: string;
  words?: string;
  /** One of possibly many: without a query only the first few are listed. */
  oneOfMany?: boolean;
}

export interface Section<E extends Entry> {
  heading: string;
  entries: E[];
}

/** How well a title and further words match a query: 0 not at all, 1 entirely. */
export type Score = (title: string, query: string, words?: string[]) => number;

const RECENT = 5;
const FEW = 5;
const MOST = 60;

/**
 * What the palette lists. Without a query: what was chosen last, then everything by its heading.
 * With one: what matches, the best heading and the best line first.
 * @param recent ids, the last chosen first
 */
export function arrange<E extends Entry>(
  entries: E[],
  query: string,
  recent: string[],
  headingOfRecent: string,
  score: Score
): Section<E>[] {
  const wanted = query.trim();
  if (wanted === '') {
    const last = recent
      .map((id) => entries.find((e) => e.id === id))
      .filter((e) => e !== undefined)
      .slice(0, RECENT);
    const rest = sections(entries.filter((e) => !last.includes(e))).map(({ heading, entries }) => ({
      heading,
      entries: entries.filter((e, i) => i < FEW || !e.oneOfMany)
    }));
    return last.length ? [{ heading: headingOfRecent, entries: last }, ...rest] : rest;
  }
  const scored = entries
    .map((entry) => {
      const points = score(entry.title, wanted, [entry.group, ...(entry.words?.split(' ') ?? [])]);
      const place = recent.indexOf(entry.id);
      return { entry, points: place < 0 ? points : points * (1 + 0.1 / (1 + place)) };
    })
    .filter(({ points }) => points > 0.001)
    .sort((a, b) => b.points - a.points)
    .slice(0, MOST);
  return sections(scored.map(({ entry }) => entry));
}

function sections<E extends Entry>(entries: E[]): Section<E>[] {
  const found = new Map<string, E[]>();
  for (const entry of entries) {
    const section = found.get(entry.group);
    if (section) section.push(entry);
    else found.set(entry.group, [entry]);
  }
  return [...found].map(([heading, list]) => ({ heading, entries: list }));
}

/**
 * The entries by their heading: first those of no given heading, such as the open screen's, then
 * the given ones in their order.
 */
export function byGroup<E extends { group: string }>(entries: E[], last: string[]): E[] {
  return entries.toSorted((a, b) => last.indexOf(a.group) - last.indexOf(b.group));
}

const REMEMBERED = 20;

/** The recent ids after this one was chosen. */
export function chosen(recent: string[], id: string): string[] {
  return [id, ...recent.filter((r) => r !== id)].slice(0, REMEMBERED);
}
