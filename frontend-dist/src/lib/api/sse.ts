import { Backoff } from './backoff';
import { ApiError, errorOf, unreachable } from './http';

export interface ServerEvent {
  id: string;
  event: string;
  data: string;
}

/** Parses `text/event-stream` (WHATWG HTML, 9.2.6) from text that is cut anywhere. */
export class EventParser {
  #rest = '';
  #data: string[] = [];
  #event = '';
  lastId = '';
  /** Milliseconds that the server asks to wait before a reconnect. */
  retry: number | undefined;

  push(text: string): ServerEvent[] {
    const events: ServerEvent[] = [];
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#line(line, events);
    return events;
  }

  #line(line: string, events: ServerEvent[]): void {
    if (line === '') {
      if (this.#data.length) {
        const event = this.#event || 'message';
        events.push({ id: this.lastId, event, data: this.#data.join('\n') });
      }
      this.#data = [];
      this.#event = '';
      return;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') this.#data.push(value);
    else if (field === 'event') this.#event = value;
    else if (field === 'id' && !value.includes('\0')) this.lastId = value;
    else if (field === 'retry' && /^\d+$/.test(value)) this.retry = Number(value);
  }
}

export interface StreamHandlers {
  event(name: string, data: unknown): void;
  /** `live` after a connection stands, `lost` when it broke and is tried again. */
  state(state: 'live' | 'lost'): void;
  /** The server will not give this stream; it is not tried again. */
  refused(error: ApiError): void;
}

/**
 * An event stream that goes on after cuts from the last event seen. By fetch, since an EventSource
 * gives up at the first 503.
 *
 * @returns a function that ends it
 */
export function openEvents(path: string, handlers: StreamHandlers): () => void {
  const abort = new AbortController();
  void follow(path, handlers, abort.signal);
  return () => abort.abort();
}

async function follow(path: string, handlers: StreamHandlers, signal: AbortSignal): Promise<void> {
  const backoff = new Backoff();
  let lastId = '';
  while (!signal.aborted) {
    try {
      lastId = await once(path, lastId, handlers, signal, () => backoff.reset());
    } catch (e) {
      if (signal.aborted) return;
      if (e instanceof Cut) lastId = e.lastId;
      else if (e instanceof ApiError && final(e.status)) {
        handlers.refused(e);
        return;
      }
    }
    if (signal.aborted) return;
    handlers.state('lost');
    await new Promise((done) => setTimeout(done, backoff.next()));
  }
}

class Cut extends Error {
  constructor(readonly lastId: string) {
    super('cut');
  }
}

const final = (status: number) => [400, 401, 403, 404].includes(status);

async function once(
  path: string,
  lastId: string,
  handlers: StreamHandlers,
  signal: AbortSignal,
  live: () => void
): Promise<string> {
  const headers = new Headers({ Accept: 'text/event-stream' });
  if (lastId) headers.set('Last-Event-ID', lastId);
  const response = await fetch(path, { headers, signal }).catch(() => {
    throw unreachable();
  });
  if (!response.ok || !response.body) throw await errorOf(response);
  handlers.state('live');
  live();
  const parser = new EventParser();
  parser.lastId = lastId;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return parser.lastId;
      for (const e of parser.push(value)) handlers.event(e.event, parsed(e.data));
    }
  } catch {
    throw new Cut(parser.lastId);
  }
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}
