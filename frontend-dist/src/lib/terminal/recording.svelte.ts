import { PaneConnection, type Outside } from './connection';

/** The ring of a pane holds at least this much. */
const RING = 1024 * 1024;
/** Left out at its old end, where it may be overwritten before it has been read. */
const MARGIN = 32 * 1024;

type Step = { seq: number; bytes: Uint8Array } | { seq: number; cols: number; rows: number };

/** A picture that stands for everything before it. */
interface Key {
  bytes: Uint8Array;
  cols: number;
  rows: number;
}

export interface Player {
  reset(): void;
  resize(cols: number, rows: number): void;
  write(bytes: Uint8Array): void;
}

/** What the server still holds of a pane's output, kept here byte by byte while it goes on. */
export class Recording {
  /** Number of the first byte that is held; nothing before the first arrives. */
  first = $state<number>();
  /** Number of the byte after the last. */
  last = $state(0);
  #key: Key | undefined;
  #steps: Step[] = [];
  readonly #connection: PaneConnection;

  /** @param written number of bytes that the pane has put out so far */
  constructor(outside: Outside, written: number) {
    const from = written > RING - MARGIN ? written - RING + MARGIN : 0;
    const begun: Outside = {
      ...outside,
      connect: (url, role, next) => outside.connect(url, role, next ?? from)
    };
    this.#connection = new PaneConnection('viewer', begun, this.#screen(), {
      link: () => {},
      role: () => {},
      lease: () => {},
      exit: () => {},
      problem: () => {}
    });
    this.#connection.start();
  }

  close(): void {
    this.#connection.stop();
  }

  /**
   * Draws what lies between two bytes.
   *
   * @param from number of the byte at which the player stands; nothing, or one after `to`, begins anew
   */
  play(player: Player, from: number | undefined, to: number): void {
    const anew = from === undefined || from > to || from < (this.first ?? 0);
    const start = anew ? (this.first ?? 0) : from;
    if (anew) {
      player.reset();
      if (this.#key) {
        player.resize(this.#key.cols, this.#key.rows);
        player.write(this.#key.bytes);
      }
    }
    for (const step of this.#steps) {
      if (step.seq > to) break;
      if ('cols' in step) {
        if (step.seq >= start) player.resize(step.cols, step.rows);
      } else if (step.seq + step.bytes.length > start) {
        player.write(step.bytes.subarray(Math.max(0, start - step.seq), to - step.seq));
      }
    }
  }

  #screen() {
    let repaint = false;
    let size = { cols: 80, rows: 24 };
    return {
      write: (bytes: Uint8Array, drawn: () => void, next: number) => {
        if (repaint) {
          this.#key = { bytes, ...size };
          this.#steps = [];
          this.first = next;
        } else {
          const seq = next - bytes.length;
          this.first ??= seq;
          this.#steps.push({ seq, bytes: bytes.slice() });
        }
        repaint = false;
        this.last = next;
        drawn();
      },
      size: (cols: number, rows: number) => {
        size = { cols, rows };
        this.#steps.push({ seq: this.last, cols, rows });
      },
      repaint: () => (repaint = true)
    };
  }
}
