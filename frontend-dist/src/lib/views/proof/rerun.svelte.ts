import { api } from '../../api/client';
import { asApiError, type ApiError } from '../../api/http';
import type { SwarmTask } from '../../api/types';
import type { SwarmWatch } from '../../state/swarm.svelte';
import { greenOf, repeated } from './proofs';

const LOOK_MS = 2_000;
const SLOW_MS = 60_000;

/** The checks of one task being run again, because the person here asked. One at a time. */
export class Rerun {
  taskId = $state<string>();
  busy = $state(false);
  slow = $state(false);
  done = $state(0);
  all = $state(0);
  /** What came of it. */
  outcome = $state<{ green: number; all: number }>();
  error = $state<ApiError>();
  #before = new Set<string>();
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly watch: SwarmWatch) {}

  async start(task: SwarmTask): Promise<void> {
    if (this.busy) return;
    this.#before = new Set(task.evidence?.map((e) => e.id));
    ({ done: this.done, all: this.all } = repeated(task, this.#before));
    this.taskId = task.id;
    this.busy = true;
    this.slow = false;
    this.outcome = this.error = undefined;
    try {
      await api.taskCommand(this.watch.id, task.id, 'verify');
    } catch (e) {
      this.error = asApiError(e);
      this.busy = false;
      return;
    }
    // An event tells of new evidence; this is for one that was missed.
    const began = Date.now();
    this.#timer = setInterval(() => {
      this.slow = Date.now() - began > SLOW_MS;
      this.watch.soon();
    }, LOOK_MS);
  }

  /** Takes note of the task as it is now. @returns whether this was the last of the new evidence */
  look(task: SwarmTask): boolean {
    if (!this.busy || task.id !== this.taskId) return false;
    ({ done: this.done, all: this.all } = repeated(task, this.#before));
    if (this.done < this.all) return false;
    this.outcome = greenOf([task]);
    this.busy = false;
    this.close();
    return true;
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
