import { api } from '../api/client';
import { asApiError, type ApiError } from '../api/http';
import { openEvents } from '../api/sse';
import type { Message } from '../api/types';

/** One conversation: its messages, the answer that is being written, and what it led to. */
export class Talk {
  id = $state<string>();
  messages = $state<Message[]>([]);
  /** Text so far of answers that are not finished, by message. */
  drafts = $state<Record<string, string>>({});
  planId = $state<string>();
  planChanged = $state(0);
  swarmId = $state<string>();
  link = $state<'connecting' | 'live' | 'lost'>('connecting');
  waiting = $state(false);
  error = $state<ApiError>();
  #close: (() => void) | undefined;
  #ended = false;
  #tellOpened: (id: string) => void = () => {};
  /** The conversation's id once it is open: what is sent before waits for it. */
  readonly #opened = new Promise<string>((done) => (this.#tellOpened = done));

  constructor(private readonly workspaceId: string) {}

  async open(): Promise<void> {
    try {
      const existing = await api.conversations(this.workspaceId);
      const last = existing.at(-1) ?? (await api.createConversation(this.workspaceId));
      const messages = await api.messages(last.id);
      const swarms = await api.swarms(this.workspaceId);
      if (this.#ended) return;
      this.id = last.id;
      this.messages = messages;
      this.planId = messages.findLast((m) => m.planId)?.planId;
      const swarm = swarms.findLast((s) => s.planId === this.planId);
      this.swarmId = swarm?.id;
      this.error = undefined;
      this.#tellOpened(last.id);
      this.#listen(last.id);
    } catch (e) {
      this.error = asApiError(e);
      const seconds = this.error.retryAfterSeconds ?? 2;
      if (!this.#ended) setTimeout(() => void this.open(), seconds * 1000);
    }
  }

  close(): void {
    this.#ended = true;
    this.#close?.();
  }

  async say(text: string): Promise<boolean> {
    this.waiting = true;
    try {
      const { messageId } = await api.say(await this.#opened, text);
      const createdAt = new Date().toISOString();
      this.#put({ id: messageId, author: 'user', text, createdAt });
      this.error = undefined;
      return true;
    } catch (e) {
      this.waiting = false;
      this.error = asApiError(e);
      return false;
    }
  }

  #listen(id: string): void {
    this.#close?.();
    this.#close = openEvents(`/api/conversations/${encodeURIComponent(id)}/events`, {
      event: (name, data) => this.#event(name, data),
      state: (state) => (this.link = state),
      refused: (error) => (this.error = error)
    });
  }

  #event(name: string, data: unknown): void {
    switch (name) {
      case 'message':
        this.#put(data as Message);
        break;
      case 'delta': {
        const { messageId, text } = data as { messageId: string; text: string };
        if (this.messages.some((m) => m.id === messageId)) break;
        this.waiting = false;
        this.drafts[messageId] = (this.drafts[messageId] ?? '') + text;
        break;
      }
      case 'plan': {
        const { planId } = data as { planId: string };
        if (planId !== this.planId && this.#newer(planId)) this.planId = planId;
        this.planChanged++;
        break;
      }
      case 'swarm': {
        this.swarmId = (data as { swarmId: string }).swarmId;
        break;
      }
    }
  }

  /** Events are repeated after a reload: an old plan must not replace the one that is shown. */
  #newer(planId: string): boolean {
    const at = (id: string | undefined) => this.messages.findLastIndex((m) => m.planId === id);
    return this.planId === undefined || at(planId) < 0 || at(planId) > at(this.planId);
  }

  #put(message: Message): void {
    delete this.drafts[message.id];
    if (message.author === 'assistant') this.waiting = false;
    const at = this.messages.findIndex((m) => m.id === message.id);
    if (at >= 0) this.messages[at] = message;
    else this.messages.push(message);
    if (message.planId && at < 0) this.show(message.planId);
  }

  /** Puts a plan on the stage, with the swarm that works on it. */
  show(planId: string): void {
    if (planId === this.planId) return;
    this.planId = planId;
    this.swarmId = undefined;
    void api
      .swarms(this.workspaceId)
      .then((swarms) => {
        const swarm = swarms.findLast((s) => s.planId === planId);
        if (swarm && this.planId === planId) this.swarmId = swarm.id;
      })
      .catch((e) => (this.error = asApiError(e)));
  }
}
