import { api } from '../api/client';
import { asApiError, type ApiError } from '../api/http';
import type { Workspace } from '../api/types';

const SETTLED = new Set(['RUNNING', 'STOPPED', 'FAILED']);

/** The workspace that is open. The first sign-in makes one. */
class Home {
  all = $state<Workspace[]>([]);
  workspace = $state<Workspace>();
  error = $state<ApiError>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #open = false;

  async open(): Promise<void> {
    this.#open = true;
    try {
      this.all = await api.workspaces();
      const known = this.all.find((w) => w.id === this.workspace?.id) ?? this.all[0];
      this.workspace = known ?? (await api.createWorkspace('workspace'));
      if (!known) this.all = [this.workspace];
      this.error = undefined;
    } catch (e) {
      this.error = asApiError(e);
    }
    this.#watch();
  }

  close(): void {
    this.#open = false;
    clearTimeout(this.#timer);
    this.all = [];
    this.workspace = undefined;
    this.error = undefined;
  }

  select(id: string): void {
    this.workspace = this.all.find((w) => w.id === id) ?? this.workspace;
  }

  async start(): Promise<void> {
    if (!this.workspace) return;
    try {
      await api.startWorkspace(this.workspace.id);
      this.error = undefined;
    } catch (e) {
      this.error = asApiError(e);
    }
    await this.#refresh();
  }

  #watch(): void {
    clearTimeout(this.#timer);
    if (!this.#open) return;
    const settled = this.workspace && SETTLED.has(this.workspace.state) && !this.error;
    this.#timer = setTimeout(() => void this.#refresh(), settled ? 10_000 : 700);
  }

  async #refresh(): Promise<void> {
    if (!this.workspace) {
      await this.open();
      return;
    }
    try {
      const now = await api.workspace(this.workspace.id);
      this.workspace = now;
      this.all = this.all.map((w) => (w.id === now.id ? now : w));
      this.error = undefined;
    } catch (e) {
      this.error = asApiError(e);
    }
    this.#watch();
  }
}

export const home = new Home();
