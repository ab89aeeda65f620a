import { api } from '../api/client';
import { asApiError, type ApiError } from '../api/http';
import { openEvents } from '../api/sse';
import type { Agent, Swarm, SwarmTask } from '../api/types';

const OVER = new Set(['COMPLETED', 'FAILED', 'CANCELLED']);
const COALESCE_MS = 120;
const POLL_MS = 4000;

/** A swarm as the server has it; events only say when to look again. */
export class SwarmWatch {
  swarm = $state<Swarm>();
  error = $state<ApiError>();
  link = $state<'connecting' | 'live' | 'lost'>('connecting');
  /** Milliseconds at work, pauses left out; counted on between two looks. */
  elapsed = $state(0);
  #lookedAt = 0;
  #pending: ReturnType<typeof setTimeout> | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;
  #poll: ReturnType<typeof setInterval> | undefined;
  #close: (() => void) | undefined;

  constructor(readonly id: string) {}

  open(): void {
    this.#clock = setInterval(() => this.#tick(), 250);
    this.#poll = setInterval(() => this.over || this.soon(), POLL_MS);
    this.#close = openEvents(`/api/swarms/${encodeURIComponent(this.id)}/events`, {
      event: () => this.soon(),
      state: (state) => {
        this.link = state;
        this.soon();
      },
      refused: (error) => (this.error = error)
    });
    this.soon();
  }

  close(): void {
    this.#close?.();
    clearInterval(this.#clock);
    clearInterval(this.#poll);
    clearTimeout(this.#pending);
  }

  get over(): boolean {
    return this.swarm !== undefined && OVER.has(this.swarm.state);
  }

  soon(): void {
    if (this.#pending) return;
    this.#pending = setTimeout(() => void this.#look(), COALESCE_MS);
  }

  async act(action: () => Promise<unknown>): Promise<void> {
    try {
      await action();
      this.error = undefined;
    } catch (e) {
      this.error = asApiError(e);
    }
    this.soon();
  }

  agentOf(task: SwarmTask): Agent | undefined {
    return this.swarm?.agents.findLast((a) => a.taskId === task.id);
  }

  async #look(): Promise<void> {
    this.#pending = undefined;
    try {
      this.swarm = await api.swarm(this.id);
      this.#lookedAt = performance.now();
      this.#tick();
      if (this.error && this.error.status !== 409) this.error = undefined;
    } catch (e) {
      this.error = asApiError(e);
    }
  }

  #tick(): void {
    if (!this.swarm) return;
    const since = this.swarm.state === 'RUNNING' ? performance.now() - this.#lookedAt : 0;
    this.elapsed = this.swarm.elapsedMs + since;
  }
}
