// `opencode run --format json`, as of 1.18. It tells of a tool when it is done, not when it starts.
import { about, changes, count, list, near, state, words } from './values.mjs';

const EDITS = new Set(['write', 'edit', 'apply_patch', 'patch', 'multiedit']);

export class OpenCode {
  ended;
  #cwd;
  #session;
  #asking = false;
  #input = 0;
  #output = 0;

  constructor(cwd) {
    this.#cwd = cwd;
  }

  read(event) {
    const known = this.#session !== undefined || !event.sessionID;
    this.#session ??= event.sessionID;
    return [...(known ? [] : [{ kind: 'session', id: words(event.sessionID) }]), ...this.#read(event)];
  }

  end() {
    return this.#input + this.#output > 0 ? [{ kind: 'usage', input: this.#input, output: this.#output }] : [];
  }

  #read(event) {
    const part = event.part ?? {};
    switch (event.type) {
      case 'text':
        return [{ kind: 'message', text: words(part.text) }];
      case 'reasoning':
        return [{ kind: 'message', thought: true, text: words(part.text) }];
      case 'tool_use':
        return this.#tool(part);
      case 'step_start':
        return this.#start();
      case 'step_finish':
        return this.#finish(part);
      case 'error':
        this.ended = { ok: false, reason: words(event.error?.data?.message ?? event.error?.message ?? event.error?.name ?? event.error) };
        return [];
      default:
        return [];
    }
  }

  /** It starts a step anew without a word when the model's answer broke off. */
  #start() {
    const again = this.#asking;
    this.#asking = true;
    this.ended = undefined;
    return again ? [{ kind: 'error', text: "the model's answer broke off; asked again" }] : [];
  }

  #finish(part) {
    this.#asking = false;
    this.#input += count(part.tokens?.input) + count(part.tokens?.cache?.read) + count(part.tokens?.cache?.write);
    this.#output += count(part.tokens?.output) + count(part.tokens?.reasoning);
    if (part.reason === 'stop') this.ended = { ok: true };
    else if (part.reason !== 'tool-calls') this.ended = { ok: false, reason: `the model stopped: ${words(part.reason)}` };
    return [];
  }

  #tool({ tool, state: run = {} }) {
    const ok = run.status === 'completed';
    const input = run.input ?? {};
    if (tool === 'bash') {
      const output = { kind: 'output', text: words(ok ? (run.metadata?.output ?? run.output) : run.error), exitCode: run.metadata?.exit ?? undefined, ok };
      return [{ kind: 'command', text: words(input.command) }, output];
    }
    if (tool === 'todowrite' && ok) {
      return [{ kind: 'plan', items: list(input.todos).map((one) => ({ text: words(one.content), state: state(one.status) })) }];
    }
    if (EDITS.has(tool) && ok) return this.#edited(input, run.metadata ?? {});
    const text = about(input, this.#cwd);
    return [{ kind: 'command', tool: words(tool), text }, { kind: 'output', tool, text: words(ok ? run.output : run.error), ok }];
  }

  #edited(input, metadata) {
    if (metadata.files) {
      return list(metadata.files).map((one) => ({
        kind: 'file',
        path: words(one.relativePath) || near(one.filePath, this.#cwd),
        change: words(one.type),
        ...changes(one.patch),
      }));
    }
    const path = near(input.filePath, this.#cwd);
    if (metadata.exists === false) {
      const diff = words(input.content).replace(/\n$/, '').split('\n').map((line) => `+${line}`);
      return [{ kind: 'file', path, change: 'add', added: diff.length, removed: 0, diff }];
    }
    return [{ kind: 'file', path, change: 'update', ...changes(metadata.filediff?.patch ?? metadata.diff) }];
  }
}
