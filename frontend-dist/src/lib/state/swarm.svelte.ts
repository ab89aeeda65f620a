import { api } from '../api/client';
import { asApiError, type ApiError } from '../api/http';
import type { Activity, Swarm, Usage } from '../api/types';
import type { EventLink } from '../events/link';
import { reachable } from './reachable.svelte';

const OVER = new Set(['COMPLETED', 'FAILED', 'CANCELLED']);
const COALESCE_MS = 120;
/** Events say when to look; this is for what no event tells, such as a service that was away. */
const POLL_MS = 10_000;

/** A swarm as the server has it; events only say when to look again. */
export class SwarmWatch {
  swarm = $state<Swarm>();
  error = $state<ApiError>();
  /** Milliseconds at work, pauses left out; counted on between two looks. */
  elapsed = $state(0);
  #lookedAt = 0;
  /** How many times an event has told the usage. */
  #told = 0;
  #pending: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly id: string,
    private readonly events: EventLink
  ) {}

  /** Begins to follow it. @returns a function that ends it */
  open(): () => void {
    const clock = setInterval(() => this.#tick(), 250);
    const poll = setInterval(() => this.over || this.soon(), POLL_MS);
    const unlisten = this.events.listen({
      event: (event) => {
        if (event.swarmId !== this.id) return;
        if (event.type === 'usage') this.#count(event.data as Usage);
        else if (event.type === 'activity') this.#does(event.data as Activity);
        else this.soon();
      },
      opened: () => this.soon()
    });
    this.soon();
    return () => {
      unlisten();
      clearInterval(clock);
      clearInterval(poll);
      clearTimeout(this.#pending);
    };
  }

  get over(): boolean {
    return this.swarm !== undefined && OVER.has(this.swarm.state);
  }

  soon(): void {
    this.#pending ??= setTimeout(() => void this.#look(), COALESCE_MS);
  }

  /** Does something to it; where that fails, `error` says why. */
  async act(action: () => Promise<unknown>): Promise<void> {
    try {
      await action();
      this.error = undefined;
    } catch (e) {
      this.error = asApiError(e);
    }
    this.soon();
  }

  /** Usage comes often, and with all of itself: nothing has to be read for it. */
  #count(usage: Usage): void {
    this.#told++;
    if (this.swarm) this.swarm = { ...this.swarm, usage };
  }

  /** Kept where it is shown: nothing else of the swarm has changed. */
  #does({ agentId, ...activity }: Activity): void {
    const swarm = this.swarm;
    if (!swarm) return;
    const agents = swarm.agents.map((one) => (one.id === agentId ? { ...one, activity } : one));
    this.swarm = { ...swarm, agents };
  }

  async #look(): Promise<void> {
    this.#pending = undefined;
    const told = this.#told;
    try {
      const swarm = await api.swarm(this.id);
      // What an event told meanwhile may be newer than what was read.
      const usage = told === this.#told ? undefined : this.swarm?.usage;
      this.swarm = usage ? { ...swarm, usage } : swarm;
      this.#lookedAt = performance.now();
      this.#tick();
      if (this.error && this.error.status !== 409) this.error = undefined;
    } catch (e) {
      this.error = asApiError(e);
    }
  }

  #tick(): void {
    if (!this.swarm) return;
    // A last known state stands still: nobody can say whether it still runs.
    const runs = this.swarm.state === 'RUNNING' && !reachable.lastKnown;
    const since = runs ? performance.now() - this.#lookedAt : 0;
    this.elapsed = this.swarm.elapsedMs + since;
  }
}
