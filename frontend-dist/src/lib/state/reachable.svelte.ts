import { api } from '../api/client';
import { reach } from '../api/reach';
import type { GatewayStatus } from '../api/types';
import { whileVisible } from './visible';

const LOOK_MS = 10_000;
const LOOK_SOON_MS = 2_000;

/** Whether the server answers this page, and which of its services do. */
class Reachable {
  /** `silent`: the network is there, orchflow does not answer. */
  state = $state<'online' | 'offline' | 'silent'>('online');
  /** When what is shown was true, while it comes from this machine's store and not from the server. */
  lastKnown = $state<Date>();
  status = $state<GatewayStatus>();
  /** Milliseconds that the last look took, there and back. */
  roundTrip = $state<number>();

  get degraded(): string[] {
    return (this.status?.services ?? []).filter((s) => !s.ready).map((s) => s.name);
  }

  /** Begins to look, while the page can be seen. @returns a function that ends it */
  open(): () => void {
    const unwatch = reach.watch({
      answered: (kept) => {
        if (!kept) this.#is('online');
        else this.lastKnown = kept;
      },
      silent: () => this.#is(navigator.onLine ? 'silent' : 'offline')
    });
    const looks = whileVisible(
      () => this.look(),
      () => (this.state === 'online' && this.status?.state === 'ready' ? LOOK_MS : LOOK_SOON_MS)
    );
    // An orchflow on this machine answers without a network: only a look can tell.
    const changed = () => void looks.now();
    addEventListener('online', changed);
    addEventListener('offline', changed);
    return () => {
      unwatch();
      looks.stop();
      removeEventListener('online', changed);
      removeEventListener('offline', changed);
    };
  }

  async look(): Promise<void> {
    const began = performance.now();
    try {
      this.status = await api.status();
      this.roundTrip = performance.now() - began;
    } catch {
      // `reach` has told already
      this.roundTrip = undefined;
    }
  }

  #is(state: 'online' | 'offline' | 'silent'): void {
    if (state === 'online') this.lastKnown = undefined;
    this.state = state;
  }
}

export const reachable = new Reachable();
