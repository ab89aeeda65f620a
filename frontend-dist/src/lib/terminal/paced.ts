interface Part {
  bytes: Uint8Array;
  drawn: () => void;
}

type Write = (bytes: Uint8Array, drawn: () => void) => void;
type Later = (milliseconds: number, run: () => void) => () => void;

/** Passes bytes on in their order, gathered over a while: many small pictures cost more than a few large ones. */
export class Paced {
  #every = 0;
  #parts: Part[] = [];
  #stop: (() => void) | undefined;

  constructor(
    private readonly write: Write,
    private readonly later: Later
  ) {}

  /** Milliseconds to gather for; 0 passes on at once. */
  set every(milliseconds: number) {
    this.#every = milliseconds;
    if (!milliseconds) this.flush();
  }

  put(bytes: Uint8Array, drawn: () => void): void {
    if (!this.#every) {
      this.write(bytes, drawn);
      return;
    }
    this.#parts.push({ bytes: bytes.slice(), drawn });
    this.#stop ??= this.later(this.#every, () => this.flush());
  }

  /** Passes on what is gathered. */
  flush(): void {
    this.#stop?.();
    this.#stop = undefined;
    const parts = this.#parts;
    if (!parts.length) return;
    this.#parts = [];
    const all = new Uint8Array(parts.reduce((sum, { bytes }) => sum + bytes.length, 0));
    let at = 0;
    for (const { bytes } of parts) {
      all.set(bytes, at);
      at += bytes.length;
    }
    this.write(all, () => {
      for (const { drawn } of parts) drawn();
    });
  }
}
