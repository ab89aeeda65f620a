// `claude -p --output-format stream-json --verbose`, as of 2.1.
import { about, count, list, near, state, words } from './values.mjs';

const EDITS = new Set(['Write', 'Edit', 'MultiEdit', 'NotebookEdit']);

export class Claude {
  ended;
  #cwd;
  #calls = new Map();

  constructor(cwd) {
    this.#cwd = cwd;
  }

  read(event) {
    switch (event.type) {
      case 'system':
        return system(event);
      case 'assistant':
        return list(event.message?.content).flatMap((part) => this.#said(part, event));
      case 'user':
        return list(event.message?.content).flatMap((part) => this.#answered(part, event.tool_use_result));
      case 'result':
        return this.#result(event);
      default:
        return [];
    }
  }

  end() {
    return [];
  }

  #said(part, event) {
    switch (part.type) {
      case 'text':
        return [event.error ? { kind: 'error', text: words(part.text) } : { kind: 'message', text: words(part.text) }];
      case 'thinking':
        return part.thinking ? [{ kind: 'message', thought: true, text: words(part.thinking) }] : [];
      case 'tool_use':
        return this.#called(part);
      default:
        return [];
    }
  }

  #called({ id, name, input }) {
    this.#calls.set(id, { name, input });
    if (name === 'Bash') return [{ kind: 'command', text: words(input?.command) }];
    if (name === 'TodoWrite') {
      return [{ kind: 'plan', items: list(input?.todos).map((one) => ({ text: words(one.content), state: state(one.status) })) }];
    }
    return EDITS.has(name) ? [] : [{ kind: 'command', tool: words(name), text: about(input, this.#cwd) }];
  }

  #answered(part, result) {
    if (part.type !== 'tool_result') return [];
    const call = this.#calls.get(part.tool_use_id);
    this.#calls.delete(part.tool_use_id);
    const text = typeof part.content === 'string' ? part.content : list(part.content).map((one) => words(one.text)).join('\n');
    const ok = part.is_error !== true;
    if (call?.name === 'Bash') {
      const code = ok ? null : /^Exit code (\d+)\n?/.exec(text);
      const said = ok ? bashOutput(text, result) : text.slice(code?.[0].length ?? 0);
      return [{ kind: 'output', text: said, exitCode: code ? Number(code[1]) : ok ? 0 : undefined, ok }];
    }
    if (call && EDITS.has(call.name) && ok) return [this.#edited(call, result)];
    if (call?.name === 'TodoWrite' && ok) return [];
    const begun = call && EDITS.has(call.name) ? [{ kind: 'command', tool: call.name, text: about(call.input, this.#cwd) }] : [];
    return [...begun, { kind: 'output', tool: call?.name ?? 'tool', text, ok }];
  }

  #edited(call, result) {
    const path = near(call.input?.file_path ?? call.input?.notebook_path, this.#cwd);
    const created = result?.type === 'create';
    const diff = created
      ? words(result.content).replace(/\n$/, '').split('\n').map((line) => `+${line}`)
      : list(result?.structuredPatch).flatMap((hunk) => list(hunk.lines)).filter((line) => /^[+-]/.test(line));
    const added = diff.filter((line) => line.startsWith('+')).length;
    return { kind: 'file', path, change: created ? 'add' : 'update', added, removed: diff.length - added, diff };
  }

  #result(event) {
    const ok = event.is_error !== true && event.subtype === 'success';
    const reason = words(event.result) || list(event.errors).map(words).join('; ') || words(event.subtype) || 'no reason was given';
    this.ended = ok ? { ok: true } : { ok: false, reason };
    return event.usage ? [{ kind: 'usage', input: total(event.usage), output: count(event.usage.output_tokens) }] : [];
  }
}

const total = (usage) => count(usage.input_tokens) + count(usage.cache_read_input_tokens) + count(usage.cache_creation_input_tokens);

/** The program writes a sentence of its own where a command wrote nothing. */
function bashOutput(text, result) {
  const silent = result && result.stdout === '' && result.stderr === '' && !result.isImage && !result.backgroundTaskId;
  return silent ? '' : text;
}

function system(event) {
  switch (event.subtype) {
    case 'init':
      return [{ kind: 'session', id: words(event.session_id) }];
    case 'api_retry':
      return [{ kind: 'error', text: `the model did not answer (${words(event.error_status) || words(event.error)}); asked again, ${count(event.attempt)} of ${count(event.max_retries)}` }];
    case 'compact_boundary':
      return [{ kind: 'message', thought: true, text: 'The conversation was made shorter.' }];
    default:
      return [];
  }
}
