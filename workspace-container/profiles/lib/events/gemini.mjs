// `gemini --output-format stream-json`, by its source as of 0.61.
import { about, count, words } from './values.mjs';

const SHELL = 'run_shell_command';
const EDITS = new Map([['write_file', 'add'], ['replace', 'update']]);

export class Gemini {
  ended;
  #cwd;
  #saying = '';
  #calls = new Map();

  constructor(cwd) {
    this.#cwd = cwd;
  }

  read(event) {
    if (event.type === 'message') {
      if (event.role !== 'assistant') return [];
      // Words come in pieces; they are drawn whole.
      if (event.delta) {
        this.#saying += words(event.content);
        return [];
      }
    }
    return [...this.#said(), ...this.#read(event)];
  }

  end() {
    return this.#said();
  }

  #said() {
    const text = this.#saying;
    this.#saying = '';
    return text.trim() ? [{ kind: 'message', text }] : [];
  }

  #read(event) {
    switch (event.type) {
      case 'init':
        return [{ kind: 'session', id: words(event.session_id) }];
      case 'message':
        return [{ kind: 'message', text: words(event.content) }];
      case 'tool_use':
        return this.#called(event);
      case 'tool_result':
        return this.#answered(event);
      case 'error':
        return [{ kind: 'error', text: words(event.message) }];
      case 'result':
        this.ended = event.status === 'success' ? { ok: true } : { ok: false, reason: words(event.error?.message) || 'no reason was given' };
        return event.stats ? [{ kind: 'usage', input: count(event.stats.input_tokens), output: count(event.stats.output_tokens) }] : [];
      default:
        return [];
    }
  }

  #called({ tool_id: id, tool_name: name, parameters }) {
    this.#calls.set(id, { name, parameters });
    if (name === SHELL) return [{ kind: 'command', text: words(parameters?.command) }];
    return EDITS.has(name) ? [] : [{ kind: 'command', tool: words(name), text: about(parameters, this.#cwd) }];
  }

  #answered({ tool_id: id, status, output, error }) {
    const call = this.#calls.get(id) ?? {};
    this.#calls.delete(id);
    const ok = status === 'success';
    if (EDITS.has(call.name) && ok) return [{ kind: 'file', path: about(call.parameters, this.#cwd), change: EDITS.get(call.name) }];
    const tool = call.name === SHELL ? undefined : words(call.name);
    return [{ kind: 'output', tool, text: words(ok ? output : (error?.message ?? output)), ok }];
  }
}
