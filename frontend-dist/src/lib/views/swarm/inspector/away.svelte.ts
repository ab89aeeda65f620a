import { untrack } from 'svelte';
import type { Swarm } from '../../../api/types';
import { kept } from '../../../state/kept';
import { session } from '../../../state/session.svelte';
import { AWAY_MS, newsSince, seenNow, type News, type Seen } from './away';

const LOOK_MS = 5_000;

/** Tells what happened to a swarm while the person here did not look at it. */
export class Away {
  news = $state<News>();
  readonly #key: string;
  /** What was seen before the absence; nothing while the person looks. */
  #before: Seen | undefined;
  #swarm: Swarm | undefined;

  constructor(swarmId: string) {
    this.#key = `seen:${session.me?.userId ?? ''}:${swarmId}`;
    const seen = kept.get<Seen>(this.#key);
    if (seen && Date.now() - seen.at >= AWAY_MS) this.#before = seen;
  }

  /** Begins to watch whether the page is shown. @returns a function that ends it */
  open(): () => void {
    const turned = () => {
      if (document.hidden) {
        this.#keep();
        this.#before ??= this.#swarm && seenNow(this.#swarm, Date.now());
      } else this.#tell();
    };
    document.addEventListener('visibilitychange', turned);
    const timer = setInterval(() => document.hidden || this.#keep(), LOOK_MS);
    return () => {
      this.#keep();
      clearInterval(timer);
      document.removeEventListener('visibilitychange', turned);
    };
  }

  /** Takes note of the swarm as it is now. */
  look(swarm: Swarm): void {
    this.#swarm = swarm;
    if (document.hidden) return;
    untrack(() => this.#tell());
  }

  dismiss(): void {
    this.news = undefined;
  }

  #tell(): void {
    if (!this.#swarm) return;
    if (this.#before) this.news = newsSince(this.#before, this.#swarm) ?? this.news;
    this.#before = undefined;
    this.#keep();
  }

  #keep(): void {
    if (this.#swarm && !this.#before) kept.set(this.#key, seenNow(this.#swarm, Date.now()));
  }
}
