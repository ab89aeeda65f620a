import type { PaneRole } from '../api/types';
import { PaneConnection, type LinkState, type Outside } from './connection';
import type { LeaseHolder } from './frames';
import { PaneScreen } from './screen';

const LOOK_MS = 250;

/** One pane as this tab has it: its stream, its screen, and who types. Shared by all that show it. */
export class PaneFeed {
  readonly screen = new PaneScreen();
  link = $state<LinkState>('connecting');
  granted = $state<PaneRole>('viewer');
  holder = $state<LeaseHolder>();
  exitCode = $state<number>();
  ended = $state(false);
  problem = $state<string>();
  cols = $state(80);
  rows = $state(24);
  /** The last line with a character on it. */
  lastLine = $state('');
  blank = $state(true);
  /** When output last came, in `Date.now()`; nothing before the first. */
  lastOutputAt = $state<number>();
  /** Counts repaints after lost bytes. */
  snapshots = $state(0);
  readonly #connection: PaneConnection;
  #look: ReturnType<typeof setTimeout> | undefined;
  #me: () => string | undefined;

  constructor(
    readonly paneId: string,
    outside: Outside,
    me: () => string | undefined
  ) {
    this.#me = me;
    this.#connection = new PaneConnection('viewer', outside, this.#drawing(), {
      link: (state) => (this.link = state),
      role: (role) => (this.granted = role),
      lease: (holder) => (this.holder = holder),
      exit: (code) => {
        this.exitCode = code;
        this.ended = true;
      },
      problem: (text) => (this.problem = text)
    });
    this.screen.terminal.onData((data) => this.mine && this.#connection.input(data));
    this.screen.terminal.onBinary(
      (data) =>
        this.mine && this.#connection.input(Uint8Array.from(data, (c) => c.charCodeAt(0)))
    );
    this.#connection.start();
  }

  /** Whether what the person here types reaches the program. */
  get mine(): boolean {
    return this.granted === 'driver' && this.holder !== undefined && this.holder.id === this.#me();
  }

  take(): void {
    this.#connection.takeLease();
  }

  /** Asks to type where nobody else does. */
  drive(): void {
    this.#connection.drive();
  }

  handBack(): void {
    this.#connection.handBack();
  }

  input(input: string | Uint8Array): void {
    this.#connection.input(input);
  }

  /** Bytes of input that have not left this machine yet, where that is known. */
  get buffered(): number {
    return this.#connection.buffered;
  }

  /** Asks for this size; only the lease holder's counts. */
  resize(cols: number, rows: number): void {
    this.#connection.resize(cols, rows);
  }

  /** Connects again where it had been refused, as after a new sign-in. */
  retry(): void {
    this.#connection.retry();
  }

  close(): void {
    clearTimeout(this.#look);
    this.#connection.stop();
    this.screen.close();
  }

  #drawing() {
    return {
      write: (bytes: Uint8Array, drawn: () => void) =>
        this.screen.write(bytes, () => {
          drawn();
          this.#changed();
        }),
      size: (cols: number, rows: number) => {
        this.cols = cols;
        this.rows = rows;
        this.screen.size(cols, rows);
      },
      repaint: () => this.snapshots++
    };
  }

  #changed(): void {
    this.lastOutputAt = Date.now();
    this.#look ??= setTimeout(() => {
      this.#look = undefined;
      this.lastLine = this.screen.lastLine();
      this.blank = this.lastLine === '';
    }, LOOK_MS);
  }
}

/** How long a feed that nobody shows stays, so that a change of screens need not read it anew. */
const LINGER_MS = 15_000;

/** The panes that this tab follows, each once however many places show it. */
export class PaneFeeds {
  readonly #feeds = new Map<string, { feed: PaneFeed; users: number; end?: ReturnType<typeof setTimeout> }>();

  constructor(
    private readonly outside: (paneId: string) => Outside,
    private readonly me: () => string | undefined
  ) {}

  /** Give it back with `release`, once for each `use`. */
  use(paneId: string): PaneFeed {
    const known = this.#feeds.get(paneId) ?? {
      feed: new PaneFeed(paneId, this.outside(paneId), this.me),
      users: 0
    };
    clearTimeout(known.end);
    known.users++;
    this.#feeds.set(paneId, known);
    return known.feed;
  }

  release(paneId: string): void {
    const known = this.#feeds.get(paneId);
    if (!known || --known.users > 0) return;
    known.end = setTimeout(() => {
      this.#feeds.delete(paneId);
      known.feed.close();
    }, LINGER_MS);
  }

  retry(): void {
    for (const { feed } of this.#feeds.values()) feed.retry();
  }

  restyle(): void {
    for (const { feed } of this.#feeds.values()) feed.screen.restyle();
  }

  close(): void {
    for (const { feed, end } of this.#feeds.values()) {
      clearTimeout(end);
      feed.close();
    }
    this.#feeds.clear();
  }
}
