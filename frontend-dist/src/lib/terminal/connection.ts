import { Backoff } from '../api/backoff';
import type { PaneRole } from '../api/types';
import { decodeOutput, decodeText, encode, splitInput, type LeaseHolder } from './frames';

/** Where a connection to a pane stands. `gone`, `revoked` and `refused` are final. */
export type LinkState = 'connecting' | 'live' | 'lost' | 'gone' | 'revoked' | 'refused';

export interface Screen {
  /**
   * Draws bytes; `drawn` is called once they are on the screen. `next` is the number of the byte
   * after them; a repaint's bytes are not counted.
   */
  write(bytes: Uint8Array, drawn: () => void, next: number): void;
  size(cols: number, rows: number): void;
  /** What comes next is drawn anew: bytes before it may be missing. */
  repaint?(): void;
}

export interface Watcher {
  link(state: LinkState): void;
  role(role: PaneRole): void;
  lease(holder: LeaseHolder | undefined): void;
  exit(exitCode: number | undefined): void;
  problem(text: string): void;
}

export interface Socket {
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  send(data: string | ArrayBufferView<ArrayBuffer>): void;
  close(): void;
  /** Bytes that wait here to be sent, where that is known. */
  readonly buffered?: number;
}

export interface Outside {
  /** Gets a ticket: a URL to connect to. Rejects with `{status}`. */
  ticket(role: PaneRole): Promise<string>;
  /** The URL says it all; `role` and `from` (the next byte) are for those that connect without one. */
  connect(url: string, role: PaneRole, from: number | undefined): Socket;
  later(milliseconds: number, run: () => void): () => void;
  backoff?: Backoff;
}

const ACK_BYTES = 64 * 1024;
const FINAL: Record<number, LinkState> = { 1000: 'gone', 4403: 'revoked', 4404: 'gone' };
const REFUSED: Record<number, LinkState> = { 401: 'refused', 403: 'revoked', 404: 'gone' };

/**
 * One pane's stream. After a cut it goes on at the byte after the last one it drew; where the server
 * has that byte no more, it sends a snapshot instead.
 */
export class PaneConnection {
  #socket: Socket | undefined;
  #next: number | undefined;
  #snapshot = false;
  #acked = 0;
  #ended = false;
  #wantsLease = false;
  #refusedBefore = false;
  #stopWaiting: (() => void) | undefined;
  readonly #backoff: Backoff;

  constructor(
    private role: PaneRole,
    private readonly outside: Outside,
    private readonly screen: Screen,
    private readonly watcher: Watcher
  ) {
    this.#backoff = outside.backoff ?? new Backoff();
  }

  start(): void {
    void this.#connect();
  }

  stop(): void {
    this.#ended = true;
    this.#stopWaiting?.();
    this.#drop();
  }

  /** Asks for the lease; a viewer comes back as a driver first. */
  takeLease(): void {
    if (this.role === 'driver' && this.#socket) {
      this.#socket.send(encode.lease(true));
      return;
    }
    this.role = 'driver';
    this.#wantsLease = true;
    this.#again();
  }

  /** Comes back as a driver, who gets the lease where it is free; takes it from nobody. */
  drive(): void {
    if (this.role === 'driver' || this.#ended) return;
    this.role = 'driver';
    this.#again();
  }

  handBack(): void {
    this.#wantsLease = false;
    this.#socket?.send(encode.lease(false));
  }

  input(input: string | Uint8Array): void {
    for (const part of splitInput(input)) this.#socket?.send(part);
  }

  /** Bytes of input that have not left this machine yet, where that is known. */
  get buffered(): number {
    return this.#socket?.buffered ?? 0;
  }

  resize(cols: number, rows: number): void {
    this.#socket?.send(encode.resize(cols, rows));
  }

  /** Starts anew after a refusal; nothing where a connection stands or is on its way. */
  retry(): void {
    if (!this.#refusedBefore) return;
    this.#refusedBefore = false;
    this.#ended = false;
    void this.#connect();
  }

  #again(): void {
    this.#stopWaiting?.();
    this.#drop();
    void this.#connect();
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket) {
      socket.onmessage = null;
      socket.onclose = null;
      socket.close();
    }
  }

  async #connect(): Promise<void> {
    if (this.#ended) return;
    this.watcher.link('connecting');
    const role = this.role;
    let url: string;
    try {
      url = await this.outside.ticket(role);
    } catch (e) {
      this.#refused((e as { status?: number }).status ?? 0);
      return;
    }
    if (this.#ended || role !== this.role || this.#socket) return;
    const socket = this.outside.connect(this.#resuming(url), role, this.#next);
    socket.onmessage = (event) => this.#received(event.data);
    socket.onclose = (event) => this.#closed(event.code);
    this.#socket = socket;
  }

  #resuming(url: string): string {
    if (this.#next === undefined) return url;
    return `${url}${url.includes('?') ? '&' : '?'}from=${this.#next}`;
  }

  #refused(status: number): void {
    const final = REFUSED[status];
    this.#refusedBefore = final === 'refused';
    if (final) this.#finish(final);
    else this.#wait();
  }

  #closed(code: number): void {
    this.#socket = undefined;
    this.#snapshot = false;
    const final = FINAL[code];
    if (final) this.#finish(final);
    else this.#wait();
  }

  #finish(state: LinkState): void {
    this.#ended = true;
    this.watcher.link(state);
  }

  #wait(): void {
    if (this.#ended) return;
    this.watcher.link('lost');
    this.#stopWaiting = this.outside.later(this.#backoff.next(), () => void this.#connect());
  }

  #received(data: unknown): void {
    if (typeof data === 'string') this.#text(data);
    else if (data instanceof ArrayBuffer) this.#output(data);
  }

  #text(text: string): void {
    const frame = decodeText(text);
    switch (frame?.type) {
      case 'hello':
        this.#hello(frame.role === 'driver' ? 'driver' : 'viewer', frame.cols, frame.rows);
        break;
      case 'snapshot':
        this.#snapshot = true;
        this.screen.repaint?.();
        this.screen.size(frame.cols, frame.rows);
        break;
      case 'resize':
        this.screen.size(frame.cols, frame.rows);
        break;
      case 'lease':
        this.watcher.lease(frame.holder);
        break;
      case 'exit':
        this.watcher.exit(frame.exitCode);
        break;
      case 'error':
        this.watcher.problem(frame.problem.detail ?? frame.problem.title);
        break;
      case undefined:
        break;
    }
  }

  #hello(role: PaneRole, cols: number, rows: number): void {
    this.#backoff.reset();
    this.screen.size(cols, rows);
    this.watcher.role(role);
    this.watcher.link('live');
    if (this.#wantsLease && role === 'driver') {
      this.#wantsLease = false;
      this.#socket?.send(encode.lease(true));
    }
  }

  #output(frame: ArrayBuffer): void {
    const { seq, bytes } = decodeOutput(frame);
    if (this.#snapshot) {
      this.#snapshot = false;
      this.#draw(bytes, seq);
      return;
    }
    const known = Math.max(0, (this.#next ?? seq) - seq);
    if (known < bytes.length) this.#draw(bytes.subarray(known), seq + bytes.length);
  }

  #draw(bytes: Uint8Array, next: number): void {
    this.#next = next;
    this.screen.write(bytes, () => this.#drawn(next), next);
  }

  #drawn(seq: number): void {
    if (seq - this.#acked < ACK_BYTES && seq !== this.#next) return;
    this.#acked = seq;
    this.#socket?.send(encode.ack(seq));
  }
}
