import { api } from '../api/client';
import { asApiError, type ApiError } from '../api/http';
import type { Workspace } from '../api/types';
import { kept } from './kept';
import { whileVisible, type Repeated } from './visible';

const SETTLED = new Set(['RUNNING', 'STOPPED', 'FAILED']);
const SETTLED_MS = 10_000;
const MOVING_MS = 700;
const FAILED_MS = 3_000;

/** The workspaces of the person's teams. */
class Workspaces {
  all = $state<Workspace[]>([]);
  loaded = $state(false);
  /** Why they could not be read. */
  error = $state<ApiError>();
  /** Why the last thing that was done to one of them failed. */
  failure = $state<ApiError>();
  #followers = 0;
  #looks: Repeated | undefined;

  /** Begins to follow them, while the page can be seen. @returns a function that ends it */
  open(): () => void {
    if (this.#followers++ === 0) {
      this.#looks = whileVisible(
        () => this.#read(),
        () => this.#wait
      );
    }
    return () => {
      if (--this.#followers === 0) this.#looks?.stop();
    };
  }

  get #wait(): number {
    if (this.error) return FAILED_MS;
    return this.all.every((w) => SETTLED.has(w.state)) ? SETTLED_MS : MOVING_MS;
  }

  byId(id: string | undefined): Workspace | undefined {
    return this.all.find((w) => w.id === id);
  }

  /** The one to show where none is named. */
  get preferred(): Workspace | undefined {
    return this.byId(kept.get<string>('workspace')) ?? this.all[0];
  }

  opened(id: string): void {
    kept.set('workspace', id);
  }

  async create(name: string, teamId?: string, gitUrl?: string): Promise<Workspace> {
    const made = await api.createWorkspace(name, {
      ...(teamId ? { teamId } : {}),
      ...(gitUrl ? { source: { gitUrl } } : {})
    });
    await this.look();
    return made;
  }

  /** Makes the very first one of a person who has none. */
  async createFirst(): Promise<void> {
    await this.act(() => api.firstWorkspace());
  }

  /** Does something to one of them, and looks at once. @returns whether it was done; where not, `failure` says why */
  async act(action: () => Promise<unknown>): Promise<boolean> {
    this.failure = undefined;
    try {
      await action();
    } catch (e) {
      this.failure = asApiError(e);
    }
    await this.look();
    return this.failure === undefined;
  }

  async look(): Promise<void> {
    await (this.#looks?.now() ?? this.#read());
  }

  async #read(): Promise<void> {
    try {
      this.all = await api.workspaces();
      this.loaded = true;
      this.error = undefined;
    } catch (e) {
      this.error = asApiError(e);
    }
  }
}

export const workspaces = new Workspaces();
