// Updates of a session of the Agent Client Protocol, as a person sees them in the pane.
import { about, list, near, state, words } from './events/values.mjs';

export class Updates {
  #watched;
  #cwd;
  #tools = new Map();

  constructor(watched, cwd) {
    this.#watched = watched;
    this.#cwd = cwd;
  }

  /** @param update as in `session/update` */
  take(update) {
    switch (update?.sessionUpdate) {
      case 'agent_message_chunk':
        return this.#watched.words(words(update.content?.text));
      case 'tool_call':
      case 'tool_call_update':
        return this.#tool(update);
      case 'plan':
        this.#watched.silent();
        return this.#watched.event({
          kind: 'plan',
          items: list(update.entries).map((one) => ({ text: words(one.content), state: state(one.status) })),
        });
      default:
        return undefined;
    }
  }

  /** It comes in pieces: what is left out stays as it was. */
  #tool(update) {
    const given = Object.fromEntries(Object.entries(update).filter(([, value]) => value !== null && value !== undefined));
    const tool = { ...this.#tools.get(update.toolCallId), ...given };
    this.#tools.set(update.toolCallId, tool);
    const ended = tool.status === 'completed' || tool.status === 'failed';
    // The command itself comes after what is said about it.
    const input = tool.rawInput ?? {};
    const known = tool.kind === 'execute' ? input.command !== undefined : Object.keys(input).length > 0;
    if (!tool.begun && (ended || known)) {
      tool.begun = true;
      this.#begin(tool);
    }
    if (ended) {
      this.#tools.delete(update.toolCallId);
      this.#end(tool);
    }
  }

  #begin(tool) {
    this.#watched.silent();
    const input = tool.rawInput ?? {};
    if (tool.kind === 'execute') this.#watched.event({ kind: 'command', text: words(input.command ?? tool.title) });
    else if (tool.kind !== 'edit') this.#watched.event({ kind: 'command', tool: words(tool.kind ?? 'tool'), text: about(input, this.#cwd) || words(tool.title) });
  }

  #end(tool) {
    const ok = tool.status === 'completed';
    const content = list(tool.content);
    const diffs = content.filter((one) => one.type === 'diff');
    for (const { path, oldText, newText } of ok ? diffs : []) {
      const lines = words(newText).replace(/\n$/, '').split('\n');
      this.#watched.event({ kind: 'file', path: near(path, this.#cwd), change: oldText ? 'update' : 'add', ...(oldText ? {} : { added: lines.length, removed: 0, diff: lines.map((line) => `+${line}`) }) });
    }
    if (ok && diffs.length > 0) return;
    const text = content.map((one) => words(one.content?.text)).join('\n');
    const exit = tool.rawOutput?.metadata?.exit;
    this.#watched.event({ kind: 'output', text, ok, exitCode: Number.isInteger(exit) ? exit : undefined, tool: tool.kind === 'execute' ? undefined : tool.kind });
  }
}
