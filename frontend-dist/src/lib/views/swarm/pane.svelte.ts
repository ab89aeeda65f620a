import type { Agent, SwarmTask } from '../../api/types';
import type { Scope } from '../../state/scope.svelte';
import type { PaneFeed } from '../../terminal/feed.svelte';
import { noteOf, REDRAWN_MS, type Note } from './face';

/** The pane of a task's agent, as a component shows it; made while the component is made. */
export class TaskPane {
  feed = $state.raw<PaneFeed>();
  #now = $state(Date.now());
  #redrawn = $state(false);

  constructor(
    scope: () => Scope,
    private readonly task: () => SwarmTask,
    private readonly agent: () => Agent | undefined
  ) {
    const paneId = $derived(agent()?.paneId);
    $effect(() => {
      if (!paneId) return;
      const id = paneId;
      const feeds = scope().feeds;
      this.feed = feeds.use(id);
      return () => {
        feeds.release(id);
        this.feed = undefined;
      };
    });
    $effect(() => {
      const clock = setInterval(() => (this.#now = Date.now()), 1000);
      return () => clearInterval(clock);
    });
    let seen: number | undefined;
    $effect(() => {
      const feed = this.feed;
      if (!feed) return;
      const count = feed.snapshots;
      // The first picture may be a snapshot too; later ones stand for lost output.
      const lost = seen !== undefined && count > seen && feed.lastOutputAt !== undefined;
      seen = count;
      if (!lost) return;
      this.#redrawn = true;
      const timer = setTimeout(() => (this.#redrawn = false), REDRAWN_MS);
      return () => clearTimeout(timer);
    });
  }

  get note(): Note | undefined {
    const { feed } = this;
    if (!feed) return undefined;
    return noteOf({
      task: this.task(),
      agent: this.agent(),
      link: feed.link,
      ended: feed.ended,
      exitCode: feed.exitCode,
      holder: feed.holder,
      mine: feed.mine,
      silentFor: feed.lastOutputAt === undefined ? undefined : this.#now - feed.lastOutputAt,
      redrawn: this.#redrawn
    });
  }
}
