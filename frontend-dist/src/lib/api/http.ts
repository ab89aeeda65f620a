import type { Problem } from './types';

/** A call that failed, told so that a person knows what happened and what to do. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly what: string,
    readonly hint: string,
    readonly problem?: Problem,
    readonly retryAfterSeconds?: number
  ) {
    super(what);
    this.name = 'ApiError';
  }
}

export interface Answer<T> {
  body: T;
  etag?: string;
  status: number;
}

const HINTS: Record<number, string> = {
  400: 'Correct it, then try again.',
  401: 'Sign in again, then repeat what you did.',
  403: 'Ask an owner of the team for a role that may do this.',
  404: 'It may have been deleted. Reload the page.',
  409: 'The state has changed meanwhile. Look at what is shown now.',
  412: 'Somebody changed it before you. Reload to see their version, then make your change again.',
  413: 'Make it smaller, then try again.'
};

function hintFor(status: number, problem: Problem | undefined, retryAfter: number | undefined) {
  const wait = retryAfter ? ` in ${retryAfter} s` : ' in a moment';
  if (status === 429) return `Try again${wait}.`;
  if (status === 503) {
    const who = problem?.service ? `The service ${problem.service} is restarted by itself. ` : '';
    return `${who}Try again${wait}.`;
  }
  if (status >= 500) return 'Try again. If it stays, look at `./orchflow logs`.';
  return HINTS[status] ?? 'Try again.';
}

async function problemOf(response: Response): Promise<Problem | undefined> {
  const type = response.headers.get('content-type') ?? '';
  if (!type.includes('json')) return undefined;
  try {
    return (await response.json()) as Problem;
  } catch {
    return undefined;
  }
}

export async function errorOf(response: Response): Promise<ApiError> {
  const problem = await problemOf(response);
  const retryAfter = Number(response.headers.get('retry-after')) || undefined;
  const fields = problem?.errors?.map((e) => e.message) ?? [];
  const what = fields.length
    ? fields.join(' ')
    : (problem?.detail ?? problem?.title ?? `The server answered ${response.status}.`);
  const hint = hintFor(response.status, problem, retryAfter);
  return new ApiError(response.status, what, hint, problem, retryAfter);
}

export function unreachable(): ApiError {
  return new ApiError(
    0,
    'orchflow does not answer.',
    'Check that `./orchflow up` is still running; this page goes on by itself when it is back.'
  );
}

/** Turns whatever was thrown into something that can be shown. */
export function asApiError(e: unknown): ApiError {
  if (e instanceof ApiError) return e;
  if (e instanceof TypeError) return unreachable();
  return new ApiError(-1, e instanceof Error ? e.message : String(e), 'Reload the page.');
}

interface Options {
  method?: string;
  body?: unknown;
  ifMatch?: string;
  idempotencyKey?: string;
  signal?: AbortSignal;
}

async function fetched(path: string, options: Options): Promise<Response> {
  const headers = new Headers({ Accept: 'application/json' });
  if (options.body !== undefined) headers.set('Content-Type', 'application/json');
  if (options.ifMatch) headers.set('If-Match', options.ifMatch);
  if (options.idempotencyKey) headers.set('Idempotency-Key', options.idempotencyKey);
  let response: Response;
  try {
    response = await fetch(path, {
      method: options.method ?? 'GET',
      headers,
      body: options.body === undefined ? null : JSON.stringify(options.body),
      signal: options.signal ?? null
    });
  } catch (e) {
    if (e instanceof DOMException && e.name === 'AbortError') throw e;
    throw unreachable();
  }
  if (!response.ok) throw await errorOf(response);
  return response;
}

/** Calls the API. @throws ApiError for anything but success */
export async function call<T>(path: string, options: Options = {}): Promise<Answer<T>> {
  const response = await fetched(path, options);
  const text = await response.text();
  const body = (text ? JSON.parse(text) : undefined) as T;
  return { body, etag: response.headers.get('etag') ?? undefined, status: response.status };
}

export async function callText(path: string): Promise<string> {
  return (await fetched(path, {})).text();
}

/** A key for one intended effect; keep it for the repeats of the same intent. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}
