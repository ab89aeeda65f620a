import { asApiError, type ApiError } from '../../api/http';

/** Something that is read from the server, and read again after a change. */
export class Loaded<T> {
  value = $state.raw<T>();
  error = $state<ApiError>();
  #asked = 0;

  constructor(private readonly read: () => Promise<T>) {}

  async look(): Promise<void> {
    const mine = ++this.#asked;
    try {
      const value = await this.read();
      if (mine !== this.#asked) return;
      this.value = value;
      this.error = undefined;
    } catch (e) {
      if (mine === this.#asked) this.error = asApiError(e);
    }
  }

  /** Does something, then looks. @returns whether it was done; where not, `error` says why */
  async act(action: () => Promise<unknown>): Promise<boolean> {
    try {
      await action();
    } catch (e) {
      this.error = asApiError(e);
      return false;
    }
    await this.look();
    return true;
  }
}
