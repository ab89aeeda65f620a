import { api } from '../api/client';
import { asApiError, type ApiError } from '../api/http';
import type { Approval, Question } from '../api/types';
import { whileVisible, type Repeated } from './visible';

const BUSY_MS = 2_000;
const IDLE_MS = 5_000;

/** What agents wait for, across all of the person's workspaces; looked at while the page can be seen. */
class Inbox {
  approvals = $state<Approval[]>([]);
  questions = $state<Question[]>([]);
  loaded = $state(false);
  /** Why it could not be read. */
  error = $state<ApiError>();
  #followers = 0;
  #looks: Repeated | undefined;

  get count(): number {
    return this.approvals.length + this.questions.length;
  }

  /** @returns a function that ends it */
  open(): () => void {
    if (this.#followers++ === 0) {
      this.#looks = whileVisible(
        () => this.#read(),
        () => (this.count ? BUSY_MS : IDLE_MS)
      );
    }
    return () => {
      if (--this.#followers === 0) this.#looks?.stop();
    };
  }

  async look(): Promise<void> {
    await this.#looks?.now();
  }

  async #read(): Promise<void> {
    try {
      [this.approvals, this.questions] = await Promise.all([api.approvals(), api.questions()]);
      this.error = undefined;
      this.loaded = true;
    } catch (e) {
      this.error = asApiError(e);
    }
  }
}

export const inbox = new Inbox();
