import { existsSync, readFileSync } from 'node:fs';

/** Messages for this agent: those of the input file first, then lines of JSON that arrive in $ORCHFLOW_INBOX. */
export class Inbox {
  #waiting;
  #path;
  #read = 0;

  constructor(messages, path) {
    this.#waiting = [...(messages ?? [])];
    this.#path = path;
  }

  /** What came since the last call: [{from, text}]; a line that is still being written is left for the next call. */
  take() {
    const taken = this.#waiting.splice(0);
    if (this.#path && existsSync(this.#path)) {
      const content = readFileSync(this.#path);
      const end = content.lastIndexOf(10) + 1;
      for (const text of content.subarray(this.#read, end).toString('utf8').split('\n')) {
        if (text.trim()) taken.push(parse(text));
      }
      this.#read = Math.max(this.#read, end);
    }
    return taken.map(normal);
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function normal(message) {
  if (typeof message === 'string') return { from: 'somebody', text: message };
  const from = message?.from ?? message?.author ?? message?.sender ?? 'somebody';
  return { from: String(from?.name ?? from?.id ?? from), text: String(message?.text ?? JSON.stringify(message)) };
}
