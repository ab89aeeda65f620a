import { api } from '../api/client';
import { asApiError, type ApiError } from '../api/http';
import type { Adapter, Provider } from '../api/types';

/** The agent programs that a workspace's tasks may be given to, and the models that they find. */
export class Programs {
  adapters = $state.raw<Adapter[]>();
  providers = $state.raw<Provider[]>([]);
  error = $state<ApiError>();
  #looking: Promise<void> | undefined;

  constructor(
    private readonly workspaceId: string,
    private readonly teamId: () => string | undefined
  ) {}

  byId(id: string | undefined): Adapter | undefined {
    return this.adapters?.find((adapter) => adapter.id === id);
  }

  /** What a task may name as its `model` where this program does it, the first to be taken first. */
  modelsFor(adapter: Adapter): string[] {
    const { wire } = adapter;
    if (!wire) return [];
    return this.providers
      .filter((provider) => provider.wires.includes(wire))
      .flatMap((provider) => provider.models.map((model) => `${provider.name}/${model.name}`));
  }

  /** Reads them where they are not read yet. */
  need(): void {
    if (!this.adapters) void this.look();
  }

  /** Reads them again; what asks meanwhile waits for the same answer. */
  look(): Promise<void> {
    return (this.#looking ??= this.#read().finally(() => (this.#looking = undefined)));
  }

  async #read(): Promise<void> {
    try {
      const team = this.teamId();
      const [adapters, providers] = await Promise.all([
        api.adapters(this.workspaceId),
        team ? api.providers(team) : []
      ]);
      this.adapters = adapters;
      this.providers = providers;
      this.error = undefined;
    } catch (e) {
      this.error = asApiError(e);
    }
  }
}
