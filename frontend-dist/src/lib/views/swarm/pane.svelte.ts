import type { Scope } from '../../state/scope.svelte';
import type { PaneFeed } from '../../terminal/feed.svelte';

/** The pane of an agent, followed for as long as the component that asks for it shows it. */
export class ShownPane {
  feed = $state.raw<PaneFeed>();

  constructor(scope: () => Scope, paneId: () => string | undefined) {
    const id = $derived(paneId());
    $effect(() => {
      const shown = id;
      if (!shown) return;
      const { feeds } = scope();
      this.feed = feeds.use(shown);
      return () => {
        this.feed = undefined;
        feeds.release(shown);
      };
    });
  }
}
