import { api } from '../api/client';
import { asApiError, type ApiError } from '../api/http';
import { reach } from '../api/reach';
import type { Me, Role } from '../api/types';
import { forget } from './forget';

const RANK: Record<Role, number> = { viewer: 0, member: 1, admin: 2, owner: 3 };

/** Who is signed in. */
class Session {
  me = $state<Me>();
  /**
   * `unknown` until the server has answered once; `expired`: somebody was signed in here, and what
   * they see and have typed stays while they sign in again.
   */
  state = $state<'unknown' | 'out' | 'in' | 'expired'>('unknown');
  error = $state<ApiError>();
  readonly #returned = new Set<() => void>();

  constructor() {
    reach.watch({
      signedOut: () => {
        if (this.state === 'in') this.state = 'expired';
      }
    });
  }

  /** Called after somebody has signed in again. @returns a function that ends it */
  onReturn(run: () => void): () => void {
    this.#returned.add(run);
    return () => this.#returned.delete(run);
  }

  /** Whether the person has at least this role in the team. */
  may(role: Role, teamId: string | undefined): boolean {
    const mine = this.me?.teams.find((t) => t.teamId === teamId);
    return mine !== undefined && RANK[mine.role] >= RANK[role];
  }

  async load(): Promise<void> {
    const before = this.state;
    const beforeId = this.me?.userId;
    try {
      const me = await api.me();
      this.error = undefined;
      if (beforeId && beforeId !== me.userId) {
        // Another person: nothing of the first one's may stay on the screen or in the store.
        await forget();
        location.assign('/');
        return;
      }
      this.me = me;
      this.state = 'in';
      if (before === 'expired') for (const run of this.#returned) run();
    } catch (e) {
      const error = asApiError(e);
      if (error.status === 401) {
        this.state = this.me ? 'expired' : 'out';
        this.error = undefined;
      } else {
        this.error = error;
        setTimeout(() => void this.load(), (error.retryAfterSeconds ?? 2) * 1000);
      }
    }
  }

  async login(email: string, password: string): Promise<void> {
    await api.login(email, password);
    await this.load();
  }

  async register(email: string, password: string, displayName: string, code?: string) {
    await api.register({ email, password, displayName, code });
    await this.load();
  }

  async logout(): Promise<void> {
    await api.logout();
    await forget();
    // A fresh page: nothing of the person's stays in memory either.
    location.assign('/');
  }
}

export const session = new Session();
