import type { Preview } from '../../api/types';

export const SHORTEST = 8;
const DEBOUNCE_MS = 250;

export type Ask = (text: string, signal: AbortSignal) => Promise<Preview>;

/** The plan that the local planner would propose for what is being typed. Errors leave no plan. */
export class LivePreview {
  shown = $state.raw<Preview>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #call: AbortController | undefined;
  #asked = '';

  constructor(private readonly ask: Ask) {}

  /** What is in the composer now. */
  typed(raw: string): void {
    const text = raw.trim();
    if (text === this.#asked) return;
    this.stop();
    this.#asked = text;
    if (text.length < SHORTEST) {
      this.shown = undefined;
      return;
    }
    this.#timer = setTimeout(() => void this.#read(text), DEBOUNCE_MS);
  }

  /** Ends what is under way; the last answer stays. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#call?.abort();
    this.#call = undefined;
    this.#asked = '';
  }

  async #read(text: string): Promise<void> {
    const call = (this.#call = new AbortController());
    try {
      const preview = await this.ask(text, call.signal);
      if (this.#call === call) this.shown = preview;
    } catch {
      if (this.#call === call) this.shown = undefined;
    }
  }
}

/** `rest-api-auth` of the tasks' `rest-api-auth/contract@eec3a55c00cd`. */
export function recipeOf(tasks: readonly { recipe?: string }[]): string | undefined {
  return tasks.find((task) => task.recipe)?.recipe?.split(/[/@]/)[0];
}

/** The first line of an answer, without its Markdown. */
export function headline(text: string): string {
  const line = text.split('\n').find((l) => l.trim() !== '') ?? '';
  return line.replace(/\*\*|`/g, '').replace(/^#+ /, '').trim();
}
