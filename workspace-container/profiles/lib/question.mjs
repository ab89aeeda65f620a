// A question of the agent: the pane asks to be noticed, and whoever writes to the agent or types an answer here ends the wait.
import { writeSync } from 'node:fs';
import { print, visible, yellow } from './screen.mjs';
import { person } from './render.mjs';

const LOOK_MILLIS = 300;
const LONGEST = 180;

export class Question {
  #inbox;
  #watched;
  #stop = () => {};

  constructor(inbox, watched) {
    this.#inbox = inbox;
    this.#watched = watched;
  }

  /** @returns what was answered: [{from, text}]; nothing where the wait was ended */
  async ask(text) {
    this.#watched.event({ kind: 'message', text });
    print([yellow('? an answer is waited for: write to this agent, or type it here')]);
    // Silence follows, so that the workspace keeps on saying that a person is needed.
    notify(text);
    const messages = await this.#answer();
    messages.forEach((one) => print(person(one)));
    return messages;
  }

  /** Nobody waits any more. */
  stop() {
    this.#stop();
  }

  #answer() {
    return new Promise((resolve) => {
      let typed = '';
      const over = (messages) => {
        clearInterval(timer);
        process.stdin.off('data', onTyped);
        process.stdin.pause();
        this.#stop = () => {};
        resolve(messages);
      };
      const onTyped = (bytes) => {
        typed += bytes;
        if (typed.includes('\n') && typed.trim()) over([{ from: 'somebody at the pane', text: typed.trim() }]);
      };
      const timer = setInterval(() => {
        const messages = this.#inbox.take();
        if (messages.length > 0) over(messages);
      }, LOOK_MILLIS);
      this.#stop = () => over([]);
      process.stdin.on('error', () => {});
      process.stdin.on('data', onTyped);
      process.stdin.resume();
    });
  }
}

export const quoted = (messages) =>
  messages.map(({ from, text }) => `${from} wrote:\n> ${text.trim().replace(/\r?\n/g, '\n> ')}`).join('\n\n');

function notify(text) {
  const line = [...visible(text.replace(/\s+/g, ' ').trim())].slice(0, LONGEST).join('');
  try {
    writeSync(1, `\u001b]777;notify;orchflow;${line}\u0007`);
  } catch (error) {
    if (error.code !== 'EAGAIN' && error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  }
}
