import type { Preview } from '../api/types';

const WAIT_MS = 250;
/** Shorter texts say too little to plan. */
export const SHORTEST = 8;

type Ask = (text: string, signal: AbortSignal) => Promise<Preview>;

/** The plan that a text would get, asked while it is typed. The newest text wins. */
export class PlanPreview {
  preview = $state.raw<Preview>();
  /** What is shown belongs to an older text. */
  stale = $state(false);
  failed = $state(false);
  #asked = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #call: AbortController | undefined;

  constructor(private readonly ask: Ask) {}

  type(typed: string): void {
    const text = typed.trim();
    if (text === this.#asked) return;
    this.#asked = text;
    this.close();
    if (text.length < SHORTEST) {
      this.preview = undefined;
      this.stale = this.failed = false;
      return;
    }
    this.stale = this.preview !== undefined;
    this.#timer = setTimeout(() => void this.#look(text), WAIT_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#call?.abort();
  }

  async #look(text: string): Promise<void> {
    const call = (this.#call = new AbortController());
    try {
      const preview = await this.ask(text, call.signal);
      if (call.signal.aborted) return;
      this.preview = preview;
      this.failed = false;
    } catch {
      if (call.signal.aborted) return;
      this.preview = undefined;
      this.failed = true;
    }
    this.stale = false;
  }
}
