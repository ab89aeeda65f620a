import type { Outside } from './connection';
import type { PaneFeeds } from './feed.svelte';

type Make = (
  outside: (paneId: string) => Outside,
  userId: () => string | undefined
) => PaneFeeds;

let make: Make | undefined;

/** Says how panes are followed; `panes.ts` does, which comes with the first view that shows one. */
export function makeFeedsBy(how: Make): void {
  make = how;
}

/** For what shows panes: it has loaded `panes.ts`, and with it the terminal, which other screens do without. */
export const newFeeds: Make = (...how) => {
  if (!make) throw new Error('A view that shows panes imports PaneView or terminal/panes');
  return make(...how);
};
