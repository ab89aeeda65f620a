const PART = 16 * 1024;
const EVERY_MS = 100;
/** While more than this waits in the socket, nothing is added. */
const MOST_WAITING = 256 * 1024;

export interface PasteTarget {
  readonly link: string;
  readonly mine: boolean;
  readonly buffered: number;
  input(bytes: Uint8Array): void;
}

/** A paste on its way: in parts, at a pace that the server and the program can follow. */
export class Paste {
  sent = $state(0);
  state = $state<'running' | 'done' | 'cancelled' | 'cut'>('running');
  readonly total: number;
  readonly #bytes: Uint8Array;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    text: string,
    private readonly target: PasteTarget,
    private readonly bracketed: boolean
  ) {
    this.#bytes = new TextEncoder().encode(text);
    this.total = this.#bytes.length;
    if (bracketed) this.#say('\x1b[200~');
    this.#part();
  }

  /** Long enough to show how far it is. */
  get long(): boolean {
    return this.total > 2 * PART;
  }

  cancel(): void {
    if (this.state === 'running') this.#end('cancelled');
  }

  #part(): void {
    if (this.target.link !== 'live' || !this.target.mine) {
      this.#end('cut');
      return;
    }
    if (this.target.buffered <= MOST_WAITING) {
      const part = this.#bytes.subarray(this.sent, this.sent + PART);
      this.target.input(part);
      this.sent += part.length;
    }
    if (this.sent >= this.total) this.#end('done');
    else this.#timer = setTimeout(() => this.#part(), EVERY_MS);
  }

  #end(state: 'done' | 'cancelled' | 'cut'): void {
    clearTimeout(this.#timer);
    // However it ends, the program must not go on to take keys for pasted text.
    if (this.bracketed) this.#say('\x1b[201~');
    this.state = state;
  }

  #say(text: string): void {
    this.target.input(new TextEncoder().encode(text));
  }
}
