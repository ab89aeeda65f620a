// Cuts a stream of bytes into lines with bounded memory.
import { StringDecoder } from 'node:string_decoder';

export const LONGEST_LINE = 8 * 1024 * 1024;

/** Calls back with each line, also with a last one that has no end. A line that is too long is replaced by a note of its size. */
export class Lines {
  #decoder = new StringDecoder('utf8');
  #parts = [];
  #length = 0;
  #onLine;
  #longest;

  constructor(onLine, longest = LONGEST_LINE) {
    this.#onLine = onLine;
    this.#longest = longest;
  }

  write(bytes) {
    const pieces = this.#decoder.write(bytes).split('\n');
    pieces.forEach((piece, index) => {
      this.#add(piece);
      if (index < pieces.length - 1) this.#flush();
    });
  }

  end() {
    this.#add(this.#decoder.end());
    if (this.#length > 0) this.#flush();
  }

  #add(piece) {
    this.#length += piece.length;
    if (this.#length <= this.#longest) this.#parts.push(piece);
    else this.#parts = [];
  }

  #flush() {
    const line = this.#length <= this.#longest ? this.#parts.join('') : `(a line of ${this.#length} characters was not read)`;
    this.#parts = [];
    this.#length = 0;
    this.#onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
  }
}
