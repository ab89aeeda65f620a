import { api } from '../api/client';
import { reach } from '../api/reach';
import type { GatewayStatus } from '../api/types';

const LOOK_MS = 10_000;
const LOOK_SOON_MS = 2_000;

/** Whether the server answers this page, and which of its services do. */
class Reachable {
  /** `silent`: the network is there, orchflow does not answer. */
  state = $state<'online' | 'offline' | 'silent'>('online');
  /** When what is shown was true, while it comes from this machine's store and not from the server. */
  lastKnown = $state<Date>();
  status = $state<GatewayStatus>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  get degraded(): string[] {
    return (this.status?.services ?? []).filter((s) => !s.ready).map((s) => s.name);
  }

  /** Begins to look. @returns a function that ends it */
  open(): () => void {
    const unwatch = reach.watch({
      answered: (kept) => {
        this.lastKnown = kept ?? (this.state === 'online' ? undefined : this.lastKnown);
        if (!kept) this.#is('online');
      },
      silent: () => this.#is(navigator.onLine ? 'silent' : 'offline')
    });
    const changed = () => (navigator.onLine ? void this.look() : this.#is('offline'));
    addEventListener('online', changed);
    addEventListener('offline', changed);
    void this.look();
    return () => {
      unwatch();
      clearTimeout(this.#timer);
      removeEventListener('online', changed);
      removeEventListener('offline', changed);
    };
  }

  async look(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      this.status = await api.status();
    } catch {
      // `reach` has told already
    }
    const well = this.state === 'online' && this.status?.state === 'ready';
    this.#timer = setTimeout(() => void this.look(), well ? LOOK_MS : LOOK_SOON_MS);
  }

  #is(state: 'online' | 'offline' | 'silent'): void {
    if (state === this.state) return;
    this.state = state;
    if (state === 'online') this.lastKnown = undefined;
  }
}

export const reachable = new Reachable();
