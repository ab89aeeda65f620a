// What a person sees of orchflow's own agent, in the pane and as activity.
import { Lines } from './lines.mjs';
import { event, note } from './render.mjs';
import { clip, columns, dim, print } from './screen.mjs';
import { Words } from './words.mjs';

const MOST_LINES = 400;

export class Watched {
  #activity;
  #words = new Words();
  #spoken = '';
  #last = '';
  #lines;
  #count = 0;

  constructor(activity) {
    this.#activity = activity;
  }

  /** A piece of what the model says. */
  words(text) {
    this.#spoken += text;
    this.#words.write(text);
  }

  /** It says nothing more for now. */
  silent() {
    this.#words.end();
    if (this.#spoken.trim()) {
      this.#last = this.#spoken.trim();
      this.#activity.push({ kind: 'message', text: this.#last });
    }
    this.#spoken = '';
  }

  /** Its last words, which it may have said already. */
  said(text, shown) {
    if (!text.trim() || text.trim() === this.#last) return;
    this.#activity.push({ kind: shown ? 'message' : 'error', text });
    if (shown) print(event({ kind: 'message', text }));
  }

  event(one) {
    if (one.kind === 'output') this.#ended();
    print(event(one));
    if (one.kind !== 'output' || one.exitCode) this.#activity.push(one);
  }

  /** What a command puts out, as it comes. */
  output(bytes) {
    this.#lines ??= new Lines((line) => this.#line(line), 64 * 1024);
    this.#lines.write(bytes);
  }

  #line(text) {
    this.#count++;
    if (this.#count <= MOST_LINES) print([`  ${dim('│')} ${dim(clip(text, columns() - 4))}`]);
  }

  #ended() {
    this.#lines?.end();
    if (this.#count > MOST_LINES) print(note(`… ${this.#count - MOST_LINES} more lines`));
    this.#lines = undefined;
    this.#count = 0;
  }
}
