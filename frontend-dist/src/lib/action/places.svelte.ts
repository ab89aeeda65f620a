import { untrack } from 'svelte';
import type { AnyState } from '../state/looks';

/** Somewhere to go by the palette. */
export interface Place {
  id: string;
  title: string;
  group: string;
  href: string;
  /** A few words behind the title. */
  hint?: string;
  state?: AnyState;
  words?: string;
}

/** Where a person can go now. Screens add theirs while they are open. */
class Places {
  #sources = $state.raw<(() => Place[])[]>([]);

  /** @returns a function that takes it away */
  add(source: () => Place[]): () => void {
    this.#sources = [...untrack(() => this.#sources), source];
    return () => (this.#sources = untrack(() => this.#sources).filter((s) => s !== source));
  }

  get all(): Place[] {
    return this.#sources.flatMap((source) => source());
  }
}

export const places = new Places();
