import { api } from '../api/client';
import { asApiError, type ApiError } from '../api/http';
import type { Workspace } from '../api/types';
import { kept } from './kept';

const SETTLED = new Set(['RUNNING', 'STOPPED', 'FAILED']);
const SETTLED_MS = 10_000;
const MOVING_MS = 700;

/** The workspaces of the person's teams. The first sign-in makes one. */
class Workspaces {
  all = $state<Workspace[]>([]);
  loaded = $state(false);
  error = $state<ApiError>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #open = false;

  /** Begins to follow them. @returns a function that ends it */
  open(): () => void {
    this.#open = true;
    void this.look();
    return () => {
      this.#open = false;
      clearTimeout(this.#timer);
      this.all = [];
      this.loaded = false;
      this.error = undefined;
    };
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

  /** Does something to one of them, and looks at once. */
  async act(action: () => Promise<unknown>): Promise<void> {
    try {
      await action();
      this.error = undefined;
    } catch (e) {
      this.error = asApiError(e);
    }
    await this.look();
  }

  async look(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      let all = await api.workspaces();
      if (!all.length) all = [await api.firstWorkspace()];
      if (!this.#open) return;
      this.all = all;
      this.loaded = true;
      this.error = undefined;
    } catch (e) {
      this.error = asApiError(e);
    }
    if (!this.#open) return;
    const settled = this.loaded && this.all.every((w) => SETTLED.has(w.state));
    this.#timer = setTimeout(() => void this.look(), settled ? SETTLED_MS : MOVING_MS);
  }
}

export const workspaces = new Workspaces();
