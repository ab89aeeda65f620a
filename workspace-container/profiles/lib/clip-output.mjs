// What a command put out, for a model: the beginning and the end, with bounded memory.
import { StringDecoder } from 'node:string_decoder';

const HEAD = 8 * 1024;
const TAIL = 12 * 1024;

export class ClippedOutput {
  #head = Buffer.alloc(0);
  #tail = Buffer.alloc(0);
  #left = 0;

  write(bytes) {
    const room = HEAD - this.#head.length;
    if (room > 0) this.#head = Buffer.concat([this.#head, bytes.subarray(0, room)]);
    const rest = bytes.subarray(Math.max(0, room));
    if (rest.length === 0) return;
    const all = Buffer.concat([this.#tail, rest.subarray(Math.max(0, rest.length - TAIL))]);
    this.#left += this.#tail.length + rest.length - Math.min(TAIL, all.length);
    this.#tail = all.subarray(Math.max(0, all.length - TAIL));
  }

  text() {
    if (this.#left === 0) return Buffer.concat([this.#head, this.#tail]).toString('utf8');
    return `${new StringDecoder('utf8').write(this.#head)}\n… ${this.#left} bytes left out …\n${this.#tail.toString('utf8').replace(/^\ufffd+/, '')}`;
  }
}
