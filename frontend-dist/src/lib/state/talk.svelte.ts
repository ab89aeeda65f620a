import { api } from '../api/client';
import { asApiError, type ApiError } from '../api/http';
import type { Message } from '../api/types';
import type { EventLink, WorkspaceEvent } from '../events/link';

/** One conversation: its messages, the answer that is being written, and the plans it led to. */
export class Talk {
  messages = $state<Message[]>([]);
  /** Text so far of answers that are not finished, by message. */
  drafts = $state<Record<string, string>>({});
  loaded = $state(false);
  /** Something was said, and no answer has begun. */
  waiting = $state(false);
  /** How often each plan has changed while this is open. */
  planChanges = $state<Record<string, number>>({});
  error = $state<ApiError>();
  #ended = false;

  constructor(
    readonly id: string,
    private readonly events: EventLink
  ) {}

  /** The last plan that an answer brought. */
  get planId(): string | undefined {
    return this.messages.findLast((m) => m.planId)?.planId;
  }

  /** Begins to follow it. @returns a function that ends it */
  open(): () => void {
    const unlisten = this.events.listen({
      event: (event) => event.conversationId === this.id && this.#event(event),
      opened: () => void this.#read()
    });
    void this.#read();
    return () => {
      this.#ended = true;
      unlisten();
    };
  }

  /** @returns whether it was sent; where not, `error` says why */
  async say(text: string): Promise<boolean> {
    this.waiting = true;
    try {
      const { messageId } = await api.say(this.id, text);
      const createdAt = new Date().toISOString();
      this.#put({ id: messageId, conversationId: this.id, author: 'user', text, createdAt });
      this.error = undefined;
      return true;
    } catch (e) {
      this.waiting = false;
      this.error = asApiError(e);
      return false;
    }
  }

  async #read(): Promise<void> {
    try {
      const read = await api.messages(this.id);
      const ids = new Set(read.map((m) => m.id));
      // What events brought while this was on its way is newer than it, and not to be lost.
      this.messages = [...read, ...this.messages.filter((m) => !ids.has(m.id))];
      for (const message of this.messages) delete this.drafts[message.id];
      this.waiting = this.messages.at(-1)?.author === 'user' && !Object.keys(this.drafts).length;
      this.loaded = true;
      this.error = undefined;
    } catch (e) {
      this.error = asApiError(e);
      const again = ![401, 403, 404].includes(this.error.status) && !this.#ended;
      if (again) setTimeout(() => void this.#read(), (this.error.retryAfterSeconds ?? 3) * 1000);
    }
  }

  #event(event: WorkspaceEvent): void {
    if (event.type === 'message') this.#put(event.data as Message);
    if (event.type === 'delta') {
      const { messageId, text } = event.data as { messageId: string; text: string };
      if (this.messages.some((m) => m.id === messageId)) return;
      this.waiting = false;
      this.drafts[messageId] = (this.drafts[messageId] ?? '') + text;
    }
    if (event.type === 'plan') {
      const { planId } = event.data as { planId: string };
      this.planChanges[planId] = (this.planChanges[planId] ?? 0) + 1;
    }
  }

  #put(message: Message): void {
    delete this.drafts[message.id];
    if (message.author === 'assistant') this.waiting = false;
    const at = this.messages.findIndex((m) => m.id === message.id);
    if (at >= 0) this.messages[at] = message;
    else this.messages.push(message);
  }
}
