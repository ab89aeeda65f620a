/** Waits that double from `first` to `most` milliseconds, each shortened at random by up to half. */
export class Backoff {
  #next: number;

  constructor(
    private readonly first = 250,
    private readonly most = 8000,
    private readonly random: () => number = Math.random
  ) {
    this.#next = first;
  }

  /** @returns milliseconds */
  next(): number {
    const wait = this.#next;
    this.#next = Math.min(this.most, wait * 2);
    return Math.round(wait * (1 - this.random() / 2));
  }

  reset(): void {
    this.#next = this.first;
  }
}
