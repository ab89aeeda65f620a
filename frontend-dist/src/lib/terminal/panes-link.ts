import { Backoff } from '../api/backoff';
import type { PaneRole } from '../api/types';
import type { Outside, Socket } from './connection';
import { decodeChannel, encodeInput } from './frames';

/** `idle`: nobody wants it. `refused`: no ticket for this person; asking again may help later. */
export type PanesLinkState = 'idle' | 'connecting' | 'live' | 'lost' | 'refused';

export interface LinkSocket extends Socket {
  onopen: (() => void) | null;
}

export interface LinkOutside {
  /** Gets a ticket for the workspace. Rejects with `{status}`. */
  ticket(): Promise<string>;
  connect(url: string): LinkSocket;
  later(milliseconds: number, run: () => void): () => void;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  backoff?: Backoff;
}

type Data = Parameters<Socket['send']>[0];

interface Frame {
  type: string;
  channel?: number;
  id?: unknown;
  code?: number;
  problem?: { type?: string };
}

interface Waiter {
  resolve: () => void;
  reject: (reason: { status: number }) => void;
}

const LINGER = 5_000;
const PING_EVERY = 5_000;
const PONG_WITHIN = 15_000;
const REVOKED = 4403;
const BROKEN = 1006;
const TRY_LATER = 1013;
const REFUSED = [401, 403, 404];

/** One pane's part of the link. It looks like a socket of its own. */
class Channel implements Socket {
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;

  constructor(
    readonly send: (data: Data) => void,
    readonly close: () => void
  ) {}
}

/**
 * One socket for all panes of a workspace. It is there from the first pane until 5 s after the last.
 * When it breaks, every pane hears 1006 and comes back by itself, over the next one.
 */
export class PanesLink {
  #state: PanesLinkState = 'idle';
  #latency: number | undefined;
  #socket: LinkSocket | undefined;
  #isOpen = false;
  #connecting = false;
  #attempt = 0;
  #channels = new Map<number, Channel>();
  #lastNumber = 0;
  #waiting: Waiter[] = [];
  #ping: { id: number; sent: number } | undefined;
  #lastPing = 0;
  #stopRetry: (() => void) | undefined;
  #stopLinger: (() => void) | undefined;
  #stopPing: (() => void) | undefined;
  readonly #watchers = new Set<(link: PanesLink) => void>();
  readonly #backoff: Backoff;

  constructor(private readonly outside: LinkOutside) {
    this.#backoff = outside.backoff ?? new Backoff();
  }

  get state(): PanesLinkState {
    return this.#state;
  }

  /** Of the last round trip, in milliseconds; undefined while the link is not live. */
  get latency(): number | undefined {
    return this.#latency;
  }

  /** Tells of every change of state or latency. @returns what ends it */
  watch(watcher: (link: PanesLink) => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  /** What a `PaneConnection` needs to reach this pane over the link. */
  pane(paneId: string): Outside {
    return {
      ticket: () => this.#ready().then(() => ''),
      connect: (_, role, from) => this.#open(paneId, role, from),
      later: this.outside.later
    };
  }

  /** Ends it at once. The next pane begins it anew. */
  close(): void {
    const socket = this.#forget();
    this.#stopRetry?.();
    this.#stopRetry = undefined;
    socket?.close();
    this.#is('idle');
    this.#end(BROKEN);
    this.#reject(0);
  }

  #ready(): Promise<void> {
    if (this.#isOpen) {
      this.#lingerIfUnused();
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      if (!this.#connecting && !this.#stopRetry) void this.#connect();
    });
  }

  async #connect(): Promise<void> {
    const attempt = ++this.#attempt;
    this.#connecting = true;
    this.#is('connecting');
    let url: string;
    try {
      url = await this.outside.ticket();
    } catch (e) {
      if (attempt === this.#attempt) this.#failed((e as { status?: number }).status ?? 0);
      return;
    }
    if (attempt !== this.#attempt) return;
    const socket = this.outside.connect(url);
    socket.onopen = () => this.#opened();
    socket.onmessage = (event) => this.#received(event.data);
    socket.onclose = (event) => this.#broke(event.code);
    this.#socket = socket;
  }

  #opened(): void {
    this.#isOpen = true;
    this.#connecting = false;
    this.#sendPing();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const waiter of waiting) waiter.resolve();
    this.#lingerIfUnused();
  }

  #failed(status: number): void {
    this.#forget();
    this.#is(REFUSED.includes(status) ? 'refused' : 'lost');
    this.#retryLater();
    this.#reject(status);
  }

  #broke(code: number): void {
    this.#forget();
    this.#is('lost');
    this.#retryLater();
    this.#end(code === REVOKED ? code : BROKEN);
    this.#reject(code === REVOKED ? 403 : 0);
  }

  /** Whoever wants it meanwhile waits for it, so that many panes do not ask many times. */
  #retryLater(): void {
    this.#stopRetry = this.outside.later(this.#backoff.next(), () => {
      this.#stopRetry = undefined;
      if (this.#waiting.length) void this.#connect();
    });
  }

  #forget(): LinkSocket | undefined {
    const socket = this.#socket;
    if (socket) socket.onopen = socket.onmessage = socket.onclose = null;
    this.#socket = undefined;
    this.#isOpen = this.#connecting = false;
    this.#attempt++;
    this.#ping = this.#latency = undefined;
    this.#stopPing?.();
    this.#stopLinger?.();
    return socket;
  }

  #end(code: number): void {
    const channels = [...this.#channels.values()];
    this.#channels.clear();
    for (const channel of channels) channel.onclose?.({ code });
  }

  #reject(status: number): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const waiter of waiting) waiter.reject({ status });
  }

  #open(paneId: string, role: PaneRole, from: number | undefined): Socket {
    const number = ++this.#lastNumber;
    const channel = new Channel(
      (data) => this.#send(number, data),
      () => this.#drop(number)
    );
    if (!this.#isOpen) {
      queueMicrotask(() => channel.onclose?.({ code: BROKEN }));
      return channel;
    }
    this.#stopLinger?.();
    this.#channels.set(number, channel);
    this.#say({ type: 'open', channel: number, paneId, role, from });
    return channel;
  }

  #send(number: number, data: Data): void {
    if (!this.#channels.has(number)) return;
    if (typeof data === 'string') this.#say({ ...JSON.parse(data), channel: number });
    else this.#socket?.send(encodeInput(number, data));
  }

  #drop(number: number): void {
    if (!this.#channels.delete(number)) return;
    this.#say({ type: 'close', channel: number });
    this.#lingerIfUnused();
  }

  #say(frame: object): void {
    this.#socket?.send(JSON.stringify(frame));
  }

  #lingerIfUnused(): void {
    this.#stopLinger?.();
    if (this.#channels.size) return;
    this.#stopLinger = this.outside.later(LINGER, () => this.close());
  }

  #received(data: unknown): void {
    if (data instanceof ArrayBuffer) {
      const { channel, rest } = decodeChannel(data);
      this.#channels.get(channel)?.onmessage?.({ data: rest });
    } else if (typeof data === 'string') {
      this.#text(JSON.parse(data));
    }
  }

  #text({ channel: number, ...frame }: Frame): void {
    if (frame.type === 'pong') this.#pong(frame.id);
    const channel = number === undefined ? undefined : this.#channels.get(number);
    if (number === undefined || !channel) return;
    const tooMany = frame.problem?.type?.endsWith(':channel-limit');
    if (frame.type === 'closed' || tooMany) {
      this.#channels.delete(number);
      channel.onclose?.({ code: tooMany ? TRY_LATER : (frame.code ?? BROKEN) });
      if (this.#isOpen) this.#lingerIfUnused();
    } else {
      channel.onmessage?.({ data: JSON.stringify(frame) });
    }
  }

  #sendPing(): void {
    if (this.#ping && this.outside.now() - this.#ping.sent > PONG_WITHIN) {
      const socket = this.#socket;
      this.#broke(BROKEN);
      socket?.close();
      return;
    }
    if (!this.#ping) {
      this.#ping = { id: ++this.#lastPing, sent: this.outside.now() };
      this.#say({ type: 'ping', id: this.#ping.id });
    }
    this.#stopPing = this.outside.later(PING_EVERY, () => this.#sendPing());
  }

  #pong(id: unknown): void {
    if (!this.#ping || id !== this.#ping.id) return;
    this.#latency = this.outside.now() - this.#ping.sent;
    this.#ping = undefined;
    this.#backoff.reset();
    this.#is('live');
  }

  #is(state: PanesLinkState): void {
    this.#state = state;
    for (const watcher of this.#watchers) watcher(this);
  }
}
