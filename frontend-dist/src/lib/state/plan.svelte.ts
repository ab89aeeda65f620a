import { api } from '../api/client';
import { asApiError, type ApiError } from '../api/http';
import type { Budget, Plan, PlanTask } from '../api/types';
import { kept } from './kept';
import { newTask, type Doer } from './tasks';

/** What was typed and not saved, and the version that it began from. */
interface Unsaved {
  etag: string;
  tasks: PlanTask[];
}

/** A plan while it is read and changed. Changes are saved before the approval. */
export class PlanDraft {
  plan = $state<Plan>();
  tasks = $state<PlanTask[]>([]);
  changed = $state(false);
  busy = $state(false);
  /** Somebody else has changed the plan while there are unsaved changes here. */
  overtaken = $state(false);
  error = $state<ApiError>();
  #past = $state.raw<PlanTask[][]>([]);
  #now: PlanTask[] = [];
  #field = '';
  #etag = '';

  constructor(readonly id: string) {}

  get undoable(): boolean {
    return this.#past.length > 0;
  }

  /** Reads the server's plan; unsaved changes of this browser are put on it. */
  async load(): Promise<void> {
    try {
      const { plan, etag } = await api.plan(this.id);
      const unsaved = kept.get<Unsaved>(this.#key);
      this.#take(plan, etag);
      if (unsaved && plan.state === 'DRAFT') {
        this.overtaken = unsaved.etag !== etag;
        this.#etag = unsaved.etag;
        this.#put(unsaved.tasks);
      }
    } catch (e) {
      this.error = asApiError(e);
    }
  }

  /** After an event: takes over the server's plan, or tells that it is another one now. */
  async refresh(): Promise<void> {
    if (this.busy) return;
    if (!this.changed) return this.load();
    try {
      const { plan, etag } = await api.plan(this.id);
      if (plan.state === 'APPROVED') this.#take(plan, etag);
      else this.overtaken = etag !== this.#etag;
    } catch {
      // The save tells.
    }
  }

  /** Gives up what was changed here. */
  async showTheirs(): Promise<void> {
    kept.set(this.#key, undefined);
    await this.load();
  }

  /** Saves what was changed here over the other's version. */
  async overwrite(): Promise<void> {
    await this.#run(async () => {
      this.#etag = (await api.plan(this.id)).etag;
      await this.#save();
      this.overtaken = false;
    });
  }

  /** To be called after each change; changes in a row of one field are undone together. */
  touch(field = ''): void {
    if (!field || field !== this.#field) this.#past = [...this.#past, this.#now];
    this.#field = field;
    this.#now = $state.snapshot(this.tasks) as PlanTask[];
    this.changed = true;
    kept.set(this.#key, { etag: this.#etag, tasks: this.#now } satisfies Unsaved);
  }

  undo(): void {
    const before = this.#past.at(-1);
    if (!before) return;
    this.#past = this.#past.slice(0, -1);
    this.#field = '';
    if (this.#past.length) this.#put(before);
    else {
      this.tasks = structuredClone(before);
      this.#now = before;
      this.changed = false;
      kept.set(this.#key, undefined);
    }
  }

  add(title: string, doer?: Doer): void {
    this.tasks.push(newTask(this.tasks, title, doer));
    this.touch();
  }

  remove(id: string): void {
    this.tasks = this.tasks
      .filter((t) => t.id !== id)
      .map((t) => ({ ...t, dependsOn: t.dependsOn.filter((d) => d !== id) }));
    this.touch();
  }

  /**
   * @param budget what the swarm's agents may spend at models
   * @returns the swarm, or undefined where `error` says why not
   */
  async approve(budget?: Budget): Promise<string | undefined> {
    let swarm: string | undefined;
    await this.#run(async () => {
      await this.#save();
      swarm = (await api.approve(this.id, this.#etag, budget)).swarmId;
      await this.load();
    });
    return swarm ?? (this.error?.status === 409 ? this.error.problem?.swarmId : undefined);
  }

  async save(): Promise<void> {
    await this.#run(() => this.#save());
  }

  get #key(): string {
    return `plan:${this.id}`;
  }

  #take(plan: Plan, etag: string): void {
    this.#etag = etag;
    this.plan = plan;
    this.tasks = structuredClone(plan.tasks);
    this.#now = structuredClone(plan.tasks);
    this.#past = [];
    this.changed = this.overtaken = false;
    this.error = undefined;
    if (plan.state === 'APPROVED') kept.set(this.#key, undefined);
  }

  #put(tasks: PlanTask[]): void {
    this.tasks = structuredClone(tasks);
    this.#now = tasks;
    this.changed = true;
    kept.set(this.#key, { etag: this.#etag, tasks } satisfies Unsaved);
  }

  async #run(action: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.error = undefined;
    try {
      await action();
    } catch (e) {
      const error = asApiError(e);
      if (error.status === 412) {
        if (this.changed) this.overtaken = true;
        else await this.load();
      }
      if (error.status !== 412 || !this.changed) this.error = error;
    } finally {
      this.busy = false;
    }
  }

  async #save(): Promise<void> {
    if (!this.changed || !this.plan) return;
    const body = { topology: this.plan.topology, tasks: $state.snapshot(this.tasks) as PlanTask[] };
    const etag = await api.savePlan(this.id, body, this.#etag);
    this.changed = false;
    this.#past = [];
    kept.set(this.#key, undefined);
    if (etag) this.#etag = etag;
    else await this.load();
  }
}
