// What the model of orchflow's own agent may do, in the clone: see ToolKit of services/orchestration.
import { Clone, Refused } from './clone.mjs';
import { Command } from './command.mjs';

const SECONDS = 120;
const MOST_SECONDS = 3600;
const LINES = 1500;
const CHARACTERS = 40_000;
const SEARCH_SECONDS = 30;
const FOUND = 200;
const LONGEST_FOUND = 300;
const DIFF = 40;

/** Each answers {ok, text, exitCode?}; `watch` is told what a person should see. */
export class Tools {
  #clone;
  #root;
  #env;
  #watch;
  #question;
  #running;

  /**
   * @param env of commands
   * @param watch {event, output}: an event of render.mjs, and bytes of a command
   * @param question asks a person and resolves to the answer
   */
  constructor({ root, env, watch, question }) {
    this.#clone = new Clone(root);
    this.#root = root;
    this.#env = env;
    this.#watch = watch;
    this.#question = question;
  }

  async call(tool, given) {
    try {
      switch (tool) {
        case 'run':
          return await this.#run(given);
        case 'read':
          return this.#read(given);
        case 'write':
          return this.#write(given);
        case 'replace':
          return this.#replace(given);
        case 'search':
          return await this.#search(given);
        case 'ask':
          return { ok: true, text: await this.#question(given.question) };
        default:
          throw new Refused(`there is no tool ${tool} in this workspace`);
      }
    } catch (error) {
      if (!(error instanceof Refused) && error.syscall === undefined) throw error;
      this.#watch.event({ kind: 'error', text: error.message });
      return { ok: false, text: `Not done: ${error.message}` };
    }
  }

  /** Ends what is running. */
  stop() {
    this.#running?.kill();
  }

  async #run({ command, timeoutSeconds }) {
    const seconds = Math.min(MOST_SECONDS, Math.max(1, timeoutSeconds ?? SECONDS));
    this.#watch.event({ kind: 'command', text: command });
    const { exitCode, text, timedOut, error } = await this.#started(['sh', '-c', command], seconds, this.#watch.output);
    this.#watch.event({ kind: 'output', text: '', exitCode });
    if (error) return { ok: false, exitCode, text: `It could not be started: ${error.message}` };
    const end = timedOut ? `\n(ended after ${seconds} s: the time limit)` : exitCode === 0 ? '' : `\n(exit code ${exitCode})`;
    return { ok: exitCode === 0, exitCode, text: `${text}${end}` };
  }

  async #started(argv, seconds, onOutput) {
    this.#running = new Command(argv, { env: this.#env, cwd: this.#root, seconds, onOutput });
    try {
      return await this.#running.done;
    } finally {
      this.#running = undefined;
    }
  }

  #read({ path, from, lines }) {
    if (this.#clone.isFolder(path)) {
      this.#watch.event({ kind: 'command', tool: 'read', text: path });
      return { ok: true, text: this.#clone.names(path).join('\n') };
    }
    const all = this.#clone.read(path).split('\n');
    if (all.at(-1) === '') all.pop();
    const first = Math.max(1, from ?? 1);
    const part = all.slice(first - 1, first - 1 + Math.min(LINES, Math.max(1, lines ?? LINES)));
    let text = part.join('\n');
    let shown = part.length;
    if (text.length > CHARACTERS) {
      text = text.slice(0, CHARACTERS);
      shown = text.split('\n').length;
    }
    this.#watch.event({ kind: 'command', tool: 'read', text: `${path} ${first}–${first - 1 + shown}` });
    const whole = first === 1 && shown === all.length && text.length < CHARACTERS;
    return { ok: true, text: whole ? text : `${text}\n(lines ${first} to ${first - 1 + shown} of ${all.length})` };
  }

  #write({ path, content }) {
    const before = this.#clone.write(path, content);
    const added = content.split('\n').slice(0, DIFF).map((line) => `+${line}`);
    this.#watch.event({ kind: 'file', path, change: before ? 'update' : 'add', diff: added });
    return { ok: true, text: `${before ? 'Overwritten' : 'Written'}: ${path}, ${Buffer.byteLength(content)} bytes.` };
  }

  #replace({ path, old, new: next }) {
    if (old === '') throw new Refused('the piece to replace is empty');
    const text = this.#clone.read(path);
    const at = text.indexOf(old);
    if (at < 0) throw new Refused(`${path} has no such piece: read it again`);
    if (text.indexOf(old, at + 1) >= 0) throw new Refused(`${path} has that piece more than once: name more of what is around it`);
    this.#clone.write(path, text.slice(0, at) + next + text.slice(at + old.length));
    const diff = [...old.split('\n').map((line) => `-${line}`), ...next.split('\n').map((line) => `+${line}`)];
    this.#watch.event({ kind: 'file', path, change: 'update', diff: diff.slice(0, DIFF) });
    return { ok: true, text: `Replaced in ${path}.` };
  }

  async #search({ pattern, path }) {
    const real = this.#clone.there(path ?? '.');
    this.#watch.event({ kind: 'command', tool: 'search', text: `${pattern}${path ? ` in ${path}` : ''}` });
    const folders = ['.git', 'node_modules', 'target', '.venv'].map((name) => `--exclude-dir=${name}`);
    const { exitCode, text, timedOut } = await this.#started(['grep', '-rnIE', ...folders, '-e', pattern, '--', real], SEARCH_SECONDS);
    if (timedOut) return { ok: false, text: `Not finished within ${SEARCH_SECONDS} s: name a folder.` };
    if (exitCode === 1) return { ok: true, text: 'Nothing found.' };
    const found = text.replaceAll(`${this.#clone.there('.')}/`, '').trimEnd().split('\n');
    if (exitCode !== 0) return { ok: false, text: `Not done: ${found[0]}` };
    const shown = found.slice(0, FOUND).map((line) => (line.length > LONGEST_FOUND ? `${line.slice(0, LONGEST_FOUND)}…` : line));
    return { ok: true, text: found.length > FOUND ? `${shown.join('\n')}\n(${found.length - FOUND} more lines)` : shown.join('\n') };
  }
}
