import { api } from '../api/client';
import { asApiError, type ApiError } from '../api/http';
import type { Plan, PlanTask } from '../api/types';

/** A plan while it is read and changed. Changes are saved before the approval. */
export class PlanDraft {
  plan = $state<Plan>();
  tasks = $state<PlanTask[]>([]);
  changed = $state(false);
  busy = $state(false);
  error = $state<ApiError>();
  #etag = '';

  constructor(readonly id: string) {}

  async load(): Promise<void> {
    try {
      const { plan, etag } = await api.plan(this.id);
      this.#etag = etag;
      this.plan = plan;
      this.tasks = structuredClone(plan.tasks);
      this.changed = false;
      this.error = undefined;
    } catch (e) {
      this.error = asApiError(e);
    }
  }

  /** After an event: takes over the server's plan unless somebody is changing it here. */
  async refresh(): Promise<void> {
    if (!this.changed && !this.busy) await this.load();
  }

  touch(): void {
    this.changed = true;
  }

  remove(id: string): void {
    this.tasks = this.tasks
      .filter((t) => t.id !== id)
      .map((t) => ({ ...t, dependsOn: t.dependsOn.filter((d) => d !== id) }));
    this.changed = true;
  }

  /** @returns the swarm, or undefined where `error` says why not */
  async approve(): Promise<string | undefined> {
    this.busy = true;
    try {
      await this.#save();
      const { swarmId } = await api.approve(this.id, this.#etag);
      this.error = undefined;
      await this.load();
      return swarmId;
    } catch (e) {
      this.error = asApiError(e);
      return this.error.status === 409 ? this.error.problem?.swarmId : undefined;
    } finally {
      this.busy = false;
    }
  }

  async save(): Promise<void> {
    this.busy = true;
    try {
      await this.#save();
      this.error = undefined;
    } catch (e) {
      this.error = asApiError(e);
    } finally {
      this.busy = false;
    }
  }

  async #save(): Promise<void> {
    if (!this.changed || !this.plan) return;
    const body = { topology: this.plan.topology, tasks: $state.snapshot(this.tasks) };
    const etag = await api.savePlan(this.id, body, this.#etag);
    this.changed = false;
    if (etag) this.#etag = etag;
    else await this.load();
  }
}
