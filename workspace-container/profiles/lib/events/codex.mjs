// `codex exec --json`, as of 0.169.
import { count, list, near, words } from './values.mjs';

export class Codex {
  ended;
  #cwd;
  #started = new Set();

  constructor(cwd) {
    this.#cwd = cwd;
  }

  read(event) {
    switch (event.type) {
      case 'thread.started':
        return [{ kind: 'session', id: words(event.thread_id) }];
      case 'item.started':
      case 'item.updated':
        return this.#begun(event.item ?? {});
      case 'item.completed':
        return this.#item(event.item ?? {});
      case 'turn.completed':
        this.ended = { ok: true };
        // It counts from the first turn of the session.
        return [{ kind: 'usage', whole: true, input: count(event.usage?.input_tokens), output: count(event.usage?.output_tokens) }];
      case 'turn.failed':
        this.ended = { ok: false, reason: words(event.error?.message) || 'no reason was given' };
        return [];
      case 'error':
        return [{ kind: 'error', text: words(event.message) }];
      default:
        return [];
    }
  }

  end() {
    return [];
  }

  #begun(item) {
    if (item.type === 'todo_list') return plan(item);
    if (this.#started.has(item.id)) return [];
    this.#started.add(item.id);
    switch (item.type) {
      case 'command_execution':
        return [{ kind: 'command', text: unwrapped(words(item.command)) }];
      case 'mcp_tool_call':
        return [{ kind: 'command', tool: `${words(item.server)}.${words(item.tool)}`, text: words(item.arguments) }];
      case 'web_search':
        return [{ kind: 'command', tool: 'web search', text: words(item.query) }];
      case 'collab_tool_call':
        return [{ kind: 'command', tool: words(item.tool), text: words(item.prompt) }];
      default:
        this.#started.delete(item.id);
        return [];
    }
  }

  #item(item) {
    const begun = item.type === 'todo_list' ? [] : this.#begun(item);
    switch (item.type) {
      case 'agent_message':
        return [{ kind: 'message', text: words(item.text) }];
      case 'reasoning':
        return [{ kind: 'message', thought: true, text: words(item.text) }];
      case 'command_execution':
        return [...begun, { kind: 'output', text: words(item.aggregated_output), exitCode: item.exit_code ?? undefined, ok: item.status === 'completed' }];
      case 'file_change':
        return list(item.changes).map((one) => ({ kind: 'file', path: near(one.path, this.#cwd), change: words(one.kind) }))
          .concat(item.status === 'failed' ? [{ kind: 'error', text: 'the change of files failed' }] : []);
      case 'mcp_tool_call':
        return [...begun, { kind: 'output', tool: 'mcp', text: words(item.error?.message ?? item.result?.content), ok: item.status === 'completed' }];
      case 'todo_list':
        return plan(item);
      case 'error':
        return [{ kind: 'error', text: words(item.message) }];
      default:
        // A kind of item that is newer than this reader is named, not hidden.
        return begun.length > 0 || this.#started.has(item.id) ? begun : [{ kind: 'command', tool: words(item.type), text: '' }];
    }
  }
}

function plan(item) {
  let active = false;
  const items = list(item.items).map((one) => {
    const open = !one.completed;
    const first = open && !active;
    active ||= open;
    return { text: words(one.text), state: open ? (first ? 'active' : 'open') : 'done' };
  });
  return [{ kind: 'plan', items }];
}

/** `/bin/bash -lc 'ls -a'` → `ls -a`; as it is if it is anything else. */
export function unwrapped(command) {
  const inner = /^(?:\/\S*\/)?(?:ba|z|da)?sh -l?c ([^]+)$/.exec(command)?.[1];
  if (inner === undefined) return command;
  let text = '';
  for (let rest = inner; rest !== ''; ) {
    const piece = /^'([^']*)'|^"((?:[^"\\]|\\[^])*)"|^\\([^])|^([^\s'"\\]+)/.exec(rest);
    if (!piece) return command;
    text += piece[1] ?? piece[2]?.replace(/\\(["\\$`])/g, '$1') ?? piece[3] ?? piece[4];
    rest = rest.slice(piece[0].length);
  }
  return text;
}
