import { api } from '../../api/client';
import { asApiError, type ApiError } from '../../api/http';
import type { Agent, Pane, SwarmTask } from '../../api/types';
import { kept } from '../../state/kept';
import type { Scope } from '../../state/scope.svelte';
import { workspaces } from '../../state/workspaces.svelte';
import { t } from '../../text';
import { neighbour, only, panesIn, read, split, type Direction, type Layout, type Split } from './layout';

/** Tells what no event does, such as a terminal of another window. */
const LOOK_MS = 8_000;
const SOON_MS = 300;

export interface Tab {
  root: Layout;
  /** The pane that has or last had the keyboard. */
  active: string;
}

export interface Size {
  cols: number;
  rows: number;
}

/** The terminals of a workspace, and how this browser lays them out. */
export class Terminals {
  panes = $state<Pane[]>([]);
  tabs = $state<Tab[]>([]);
  /** Index of the tab that is shown. */
  at = $state(0);
  loaded = $state(false);
  busy = $state(false);
  /** Why the list could not be read. */
  error = $state<ApiError>();
  /** Why the last thing a person did here failed. */
  failure = $state<ApiError>();
  names = $state<Record<string, string>>({});
  /** Titles that the programs gave. */
  titles = $state<Record<string, string>>({});
  #version = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ended = false;

  constructor(
    private readonly scope: Scope,
    /** Size of the stage, for what is opened on it. */
    private readonly room: () => Size
  ) {
    this.names = kept.get<Record<string, string>>(this.#key('names')) ?? {};
    const known = kept.get<{ tabs?: Tab[]; at?: number }>(this.#key('layout'));
    this.tabs = (Array.isArray(known?.tabs) ? known.tabs : []).flatMap((tab) => {
      const root = read(tab?.root);
      return root ? [{ root, active: panesIn(root).find((p) => p === tab.active) ?? panesIn(root)[0]! }] : [];
    });
    this.at = Math.max(0, Math.min(known?.at ?? 0, this.tabs.length - 1));
  }

  /** Begins to follow them. @returns a function that ends it */
  follow(): () => void {
    this.#ended = false;
    void this.#look();
    return () => {
      this.#ended = true;
      clearTimeout(this.#timer);
    };
  }

  soon(): void {
    if (this.#ended) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), SOON_MS);
  }

  get tab(): Tab | undefined {
    return this.tabs[this.at];
  }

  get active(): string | undefined {
    return this.tab?.active;
  }

  byId(id: string | undefined): Pane | undefined {
    return this.panes.find((pane) => pane.paneId === id);
  }

  get agents(): Pane[] {
    return this.panes.filter((pane) => pane.agentId);
  }

  /** Ended, and on no tab. */
  get putAway(): Pane[] {
    return this.panes.filter((p) => !p.agentId && p.state === 'EXITED' && this.#tabOf(p.paneId) < 0);
  }

  /** Tabs with the person's own panes. */
  get own(): Tab[] {
    return this.tabs.filter((tab) => panesIn(tab.root).some((id) => !this.byId(id)?.agentId));
  }

  agentOf(pane: Pane): { agent: Agent; task?: SwarmTask; swarmId: string } | undefined {
    for (const swarm of this.scope.swarms) {
      const agent = swarm.agents.find((a) => a.id === pane.agentId);
      if (agent) {
        return { agent, swarmId: swarm.id, task: swarm.tasks.find((it) => it.id === agent.taskId) };
      }
    }
    return undefined;
  }

  nameOf(id: string): string {
    const pane = this.byId(id);
    const own = pane?.agentId ? this.agentOf(pane) : undefined;
    // The pane that an agent runs in is its task; a terminal that it has opened has a name of its own.
    const found = own?.agent.paneId === id ? own.task?.title : own && pane?.title;
    return this.names[id] || found || this.titles[id] || pane?.title || t.terminal.group;
  }

  rename(id: string, name: string): void {
    if (name.trim()) this.names[id] = name.trim().slice(0, 60);
    else delete this.names[id];
    kept.set(this.#key('names'), $state.snapshot(this.names));
  }

  /** Shows the pane, on a tab of its own if it is on none. @returns whether there is such a pane */
  show(id: string): boolean {
    if (!this.byId(id)) return false;
    const at = this.#tabOf(id);
    if (at >= 0) {
      this.at = at;
      this.tabs[at]!.active = id;
    } else this.#add(id);
    this.keep();
    return true;
  }

  /** Opens a terminal: on a new tab, or beside the active one. */
  async open(beside?: Split['along']): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      const room = this.room();
      const size = {
        cols: beside === 'row' ? Math.floor(room.cols / 2) : room.cols,
        rows: beside === 'column' ? Math.floor(room.rows / 2) : room.rows
      };
      const pane = await this.#make({ cols: Math.max(20, size.cols), rows: Math.max(5, size.rows) });
      const tab = this.tab;
      if (beside && tab) {
        tab.root = split(tab.root, tab.active, beside, pane);
        tab.active = pane;
      } else this.#add(pane);
      this.failure = undefined;
      this.keep();
    } catch (e) {
      this.failure = asApiError(e);
    } finally {
      this.busy = false;
      this.soon();
    }
  }

  /** Opens a terminal in the place of one that has ended. */
  async replace(id: string): Promise<void> {
    const tab = this.tabs[this.#tabOf(id)];
    const old = this.byId(id);
    if (!tab || !old || this.busy) return;
    this.busy = true;
    try {
      const pane = await this.#make({ cols: old.cols, rows: old.rows });
      tab.root = swap(tab.root, id, pane);
      tab.active = pane;
      if (this.names[id]) this.rename(pane, this.names[id]);
      await api.closePane(id);
      this.#forget(id);
      this.failure = undefined;
    } catch (e) {
      this.failure = asApiError(e);
    } finally {
      this.busy = false;
      this.keep();
      this.soon();
    }
  }

  /** Ends the pane; an agent's is only taken from the tabs. */
  async close(id: string): Promise<void> {
    const agents = this.byId(id)?.agentId;
    try {
      if (!agents) await api.closePane(id);
      this.failure = undefined;
    } catch (e) {
      const error = asApiError(e);
      if (error.status !== 404) {
        this.failure = error;
        return;
      }
    }
    this.#version++;
    if (!agents) this.#forget(id);
    this.#prune((pane) => pane !== id);
    this.keep();
  }

  focus(id: string): void {
    if (!this.tab || !panesIn(this.tab.root).includes(id) || this.tab.active === id) return;
    this.tab.active = id;
    this.keep();
  }

  go(to: Direction): void {
    const next = this.tab && neighbour(this.tab.root, this.tab.active, to);
    if (next) this.focus(next);
  }

  /** To the next or previous pane, through all tabs. */
  step(by: 1 | -1): void {
    const all = this.tabs.flatMap((tab) => panesIn(tab.root));
    const at = all.indexOf(this.active ?? '');
    const next = all[(at + by + all.length) % all.length];
    if (next) this.show(next);
  }

  keep(): void {
    kept.set(this.#key('layout'), { tabs: $state.snapshot(this.tabs), at: this.at });
  }

  async #make(size: Size): Promise<string> {
    const { workspaceId } = this.scope;
    const taken = new Set(this.panes.map((pane) => pane.title));
    let n = 1;
    while (taken.has(t.terminal.named(n))) n++;
    const title = t.terminal.named(n);
    const { paneId } = await api.openPane(workspaceId, { title, ...size });
    this.#version++;
    this.panes.push({ paneId, title, ...size, state: 'RUNNING', seq: 0 });
    return paneId;
  }

  #add(id: string): void {
    this.tabs.push({ root: { pane: id }, active: id });
    this.at = this.tabs.length - 1;
  }

  #forget(id: string): void {
    this.panes = this.panes.filter((pane) => pane.paneId !== id);
    if (this.names[id]) this.rename(id, '');
    delete this.titles[id];
  }

  #tabOf(id: string): number {
    return this.tabs.findIndex((tab) => panesIn(tab.root).includes(id));
  }

  #prune(keep: (pane: string) => boolean): void {
    const shown = this.tab;
    const before = this.at;
    const left = this.tabs.filter((tab) => {
      const root = only(tab.root, keep);
      if (!root) return false;
      if (panesIn(root).length !== panesIn(tab.root).length) tab.root = root;
      if (!panesIn(root).includes(tab.active)) tab.active = panesIn(root)[0]!;
      return true;
    });
    if (left.length === this.tabs.length) return;
    this.tabs = left;
    const still = shown ? left.indexOf(shown) : -1;
    this.at = still >= 0 ? still : Math.max(0, Math.min(before, left.length - 1));
  }

  async #look(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.scope.workspace?.state === 'RUNNING') {
      const version = this.#version;
      try {
        const panes = await api.panes(this.scope.workspaceId);
        if (version === this.#version && !this.busy && !this.#ended) this.#take(panes);
      } catch (e) {
        const error = asApiError(e);
        // Not running any more: the workspace's own state says so.
        if (error.status === 409) void workspaces.look();
        else this.error = error;
      }
    }
    if (!this.#ended) this.#timer = setTimeout(() => void this.#look(), LOOK_MS);
  }

  #take(panes: Pane[]): void {
    this.panes = panes;
    this.error = undefined;
    this.#prune((id) => panes.some((pane) => pane.paneId === id));
    for (const pane of panes) {
      const elsewhere = !pane.agentId && pane.state === 'RUNNING' && this.#tabOf(pane.paneId) < 0;
      if (elsewhere) this.tabs.push({ root: { pane: pane.paneId }, active: pane.paneId });
    }
    this.loaded = true;
    this.keep();
  }

  #key(what: string): string {
    return `terminal:${this.scope.workspaceId}:${what}`;
  }
}

function swap(layout: Layout, from: string, to: string): Layout {
  if ('pane' in layout) return layout.pane === from ? { pane: to } : layout;
  return { ...layout, parts: layout.parts.map((part) => swap(part, from, to)) };
}
