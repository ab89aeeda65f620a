import type { PaneFeeds } from './feed.svelte';

type Make = (userId: () => string | undefined) => PaneFeeds;

let make: Make | undefined;

/** Says how panes are followed; `panes.ts` does, which comes with the first view that shows one. */
export function makePanesBy(how: Make): void {
  make = how;
}

/** For what shows panes: it has loaded `panes.ts`, and with it the terminal, which other screens do without. */
export function newPanes(userId: () => string | undefined): PaneFeeds {
  if (!make) throw new Error('A view that shows panes imports PaneView or terminal/panes');
  return make(userId);
}
