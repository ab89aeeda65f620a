import { getContext, setContext } from 'svelte';
import { api } from '../api/client';
import { asApiError, type ApiError } from '../api/http';
import type { Conversation, Swarm, Workspace } from '../api/types';
import { browserEvents } from '../events/browser';
import type { EventLink, LinkState } from '../events/link';
import { browserPanes } from '../terminal/browser';
import type { PaneFeeds } from '../terminal/feed.svelte';
import { newFeeds } from '../terminal/maker';
import type { PanesLink } from '../terminal/panes-link';
import { Programs } from './programs.svelte';
import { session } from './session.svelte';
import { workspaces } from './workspaces.svelte';

const COALESCE_MS = 150;
const KEY = Symbol('workspace scope');

/** Everything of the one workspace that is open: its events, its panes, its conversations and swarms. */
export class Scope {
  readonly events: EventLink;
  /** This tab's one socket to the workspace's panes. */
  readonly panes: PanesLink;
  link = $state<LinkState>('connecting');
  /** Milliseconds of the last round trip to the panes; undefined while none is shown. */
  latency = $state<number>();
  conversations = $state<Conversation[]>([]);
  /** Oldest first. */
  swarms = $state<Swarm[]>([]);
  /** Whether conversations and swarms have been read once. */
  loaded = $state(false);
  error = $state<ApiError>();
  #pending: ReturnType<typeof setTimeout> | undefined;
  #ended = false;
  #feeds: PaneFeeds | undefined;
  /** The agent programs that its tasks may be given to. */
  readonly programs: Programs;

  constructor(readonly workspaceId: string) {
    this.programs = new Programs(workspaceId, () => this.workspace?.teamId);
    this.events = browserEvents(workspaceId);
    this.panes = browserPanes(workspaceId);
  }

  /** The panes that are shown; see `newFeeds`. */
  get feeds(): PaneFeeds {
    return (this.#feeds ??= newFeeds(
      (paneId) => this.panes.pane(paneId),
      () => session.me?.userId
    ));
  }

  get workspace(): Workspace | undefined {
    return workspaces.byId(this.workspaceId);
  }

  /** Begins to follow the workspace. @returns a function that ends it */
  open(): () => void {
    workspaces.opened(this.workspaceId);
    const unlisten = this.events.listen({
      state: (state) => (this.link = state),
      opened: () => this.soon(),
      event: (event) => {
        if (event.type === 'swarm' || event.type === 'agent' || event.type === 'message') this.soon();
      }
    });
    const unwatch = this.panes.watch(({ latency }) => (this.latency = latency));
    const unreturn = session.onReturn(() => {
      this.events.retry();
      this.#feeds?.retry();
      this.soon();
    });
    this.events.start();
    void this.#read();
    return () => {
      this.#ended = true;
      unlisten();
      unwatch();
      unreturn();
      clearTimeout(this.#pending);
      this.events.stop();
      this.#feeds?.close();
      this.panes.close();
    };
  }

  /** Reads conversations and swarms again, once for what happens together. */
  soon(): void {
    this.#pending ??= setTimeout(() => void this.#read(), COALESCE_MS);
  }

  async #read(): Promise<void> {
    this.#pending = undefined;
    try {
      const [conversations, swarms] = await Promise.all([
        api.conversations(this.workspaceId),
        api.swarms(this.workspaceId)
      ]);
      this.conversations = conversations;
      this.swarms = swarms;
      this.loaded = true;
      this.error = undefined;
    } catch (e) {
      this.error = asApiError(e);
      const seconds = this.error.retryAfterSeconds ?? 3;
      if (!this.#ended && ![401, 403, 404].includes(this.error.status)) {
        this.#pending ??= setTimeout(() => void this.#read(), seconds * 1000);
      }
    }
  }
}

/** Makes a scope known to the components below. */
export function provideScope(scope: () => Scope): void {
  setContext(KEY, scope);
}

/** The scope of the workspace that is open. */
export function useScope(): Scope {
  return getContext<() => Scope>(KEY)();
}
