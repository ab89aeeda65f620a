import { SvelteMap } from 'svelte/reactivity';
import type { ReviewComment } from '../api/types';

const SEPARATOR = '\0';

/** Parts of a diff that a person does not take, and why: whole files, or single blocks by their heading. */
export class Marks {
  #parts = new SvelteMap<string, string>();

  get size(): number {
    return this.#parts.size;
  }

  has(path: string, block = ''): boolean {
    return this.#parts.has(path + SEPARATOR + block);
  }

  toggle(path: string, block = ''): void {
    const key = path + SEPARATOR + block;
    if (!this.#parts.delete(key)) this.#parts.set(key, '');
  }

  text(path: string, block = ''): string {
    return this.#parts.get(path + SEPARATOR + block) ?? '';
  }

  say(path: string, block: string, text: string): void {
    if (this.has(path, block)) this.#parts.set(path + SEPARATOR + block, text);
  }

  /** As the API takes them. */
  comments(): ReviewComment[] {
    return [...this.#parts].map(([key, said]) => {
      const [path, block] = key.split(SEPARATOR) as [string, string];
      const text = said.trim();
      return { path, ...(block ? { hunk: block.slice(0, 200) } : {}), ...(text ? { text } : {}) };
    });
  }
}
