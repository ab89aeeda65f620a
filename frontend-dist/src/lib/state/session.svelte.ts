import { api } from '../api/client';
import { ApiError, asApiError } from '../api/http';
import type { Me } from '../api/types';

/** Who is signed in. */
class Session {
  me = $state<Me>();
  /** `unknown` until the server has answered once. */
  state = $state<'unknown' | 'out' | 'in'>('unknown');
  error = $state<ApiError>();

  async load(): Promise<void> {
    try {
      this.me = await api.me();
      this.state = 'in';
      this.error = undefined;
    } catch (e) {
      const error = asApiError(e);
      if (error.status === 401) {
        this.me = undefined;
        this.state = 'out';
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
    this.me = undefined;
    this.state = 'out';
  }
}

export const session = new Session();
