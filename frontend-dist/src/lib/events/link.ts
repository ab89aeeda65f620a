import { Backoff } from '../api/backoff';

export type EventType = 'message' | 'delta' | 'plan' | 'swarm' | 'task' | 'agent' | 'usage' | 'activity' | 'conflicts';

/** One thing that happened in the workspace. `data` is the contract's, by type. */
export interface WorkspaceEvent {
  id: string;
  type: EventType;
  conversationId?: string;
  swarmId?: string;
  data: unknown;
}

export type LinkState = 'connecting' | 'live' | 'lost' | 'revoked';

export interface Socket {
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  close(): void;
}

export interface Outside {
  /** Address of the socket, with a fresh ticket. Rejects with `{status}`. */
  address(): Promise<string>;
  connect(url: string): Socket;
  later(milliseconds: number, run: () => void): () => void;
  backoff?: Backoff;
}

export interface Listener {
  event?(event: WorkspaceEvent): void;
  state?(state: LinkState): void;
  /** A connection stands again, or for the first time: what happened meanwhile may be missing. */
  opened?(): void;
}

/** The server says at least every 15 s that it is there. */
const SILENCE_MS = 40_000;

/** All events of one workspace on one socket, which goes on after cuts from the last event seen. */
export class EventLink {
  state: LinkState = 'connecting';
  #socket: Socket | undefined;
  #last: string | undefined;
  #ended = false;
  #stopWaiting: (() => void) | undefined;
  #stopWatching: (() => void) | undefined;
  readonly #listeners = new Set<Listener>();
  readonly #backoff: Backoff;

  constructor(private readonly outside: Outside) {
    this.#backoff = outside.backoff ?? new Backoff();
  }

  start(): void {
    void this.#connect();
  }

  stop(): void {
    this.#ended = true;
    this.#drop();
  }

  /** @returns a function that ends it */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    listener.state?.(this.state);
    return () => this.#listeners.delete(listener);
  }

  /** Tries at once, where a wait was under way. */
  retry(): void {
    if (this.state === 'lost' && !this.#ended) void this.#connect();
  }

  #say(state: LinkState): void {
    this.state = state;
    for (const l of this.#listeners) l.state?.(state);
  }

  #drop(): void {
    this.#stopWaiting?.();
    this.#stopWatching?.();
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket) {
      socket.onmessage = null;
      socket.onclose = null;
      socket.close();
    }
  }

  async #connect(): Promise<void> {
    this.#drop();
    if (this.#ended) return;
    if (this.state !== 'lost') this.#say('connecting');
    let url: string;
    try {
      url = await this.outside.address();
    } catch (e) {
      this.#closed((e as { status?: number }).status === 403 ? 4403 : 0);
      return;
    }
    if (this.#ended || this.#socket) return;
    const after = this.#last === undefined ? '' : `&after=${this.#last}`;
    const socket = this.outside.connect(url + after);
    socket.onmessage = (event) => this.#received(event.data);
    socket.onclose = (event) => this.#closed(event.code);
    this.#socket = socket;
    this.#expectWord();
  }

  #expectWord(): void {
    this.#stopWatching?.();
    this.#stopWatching = this.outside.later(SILENCE_MS, () => this.#closed(0));
  }

  #closed(code: number): void {
    this.#drop();
    if (this.#ended) return;
    if (code === 4403) {
      this.#ended = true;
      this.#say('revoked');
      return;
    }
    this.#say('lost');
    this.#stopWaiting = this.outside.later(this.#backoff.next(), () => void this.#connect());
  }

  #received(data: unknown): void {
    this.#expectWord();
    const frame = JSON.parse(String(data)) as { type: string; id?: string };
    if (frame.type === 'hello') {
      this.#last = frame.id;
      this.#backoff.reset();
      this.#say('live');
      for (const l of this.#listeners) l.opened?.();
    } else if (frame.type !== 'idle') {
      this.#last = frame.id;
      for (const l of this.#listeners) l.event?.(frame as WorkspaceEvent);
    }
  }
}
