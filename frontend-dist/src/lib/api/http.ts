import { t } from '../text';
import { reach } from './reach';
import type { FieldError, Problem } from './types';

/** A call that failed, told so that a person knows what happened and what to do. */
export class ApiError extends Error {
  constructor(
    /** HTTP status; 0 where nobody answered, -1 for a fault of this page. */
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

function hintFor(status: number, problem: Problem | undefined, retryAfter: number | undefined) {
  if (status === 429) return t.error.later(retryAfter);
  if (status === 503) {
    return [problem?.service && t.error.restarting(problem.service), t.error.later(retryAfter)]
      .filter(Boolean)
      .join(' ');
  }
  if (status >= 500) return t.error.server;
  if (problem?.type?.endsWith(':wrong-password')) return t.error.again;
  return t.error.hints[status] ?? t.error.again;
}

/** What is wrong with a field, by the name that the page gives it. */
export function told({ field, message }: FieldError): string {
  return message.startsWith(field) ? named(field) + message.slice(field.length) : message;
}

function named(field: string): string {
  const [, model, what] = /^models\[(\d+)\]\.(\w+)$/.exec(field) ?? [];
  if (model && what) return t.error.ofModel(t.error.fields[what] ?? what, Number(model) + 1);
  const [, task, part] = /^tasks\[(\d+)\](?:\.(\w+).*)?$/.exec(field) ?? [];
  if (!task) return t.error.fields[field] ?? field;
  const number = Number(task) + 1;
  return part ? t.error.ofTask(t.error.fields[part] ?? part, number) : t.error.task(number);
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
  const fields = problem?.errors?.map(told) ?? [];
  const what = fields.length
    ? fields.join(' ')
    : (problem?.detail ?? problem?.title ?? t.error.answered(response.status));
  const hint = hintFor(response.status, problem, retryAfter);
  return new ApiError(response.status, what, hint, problem, retryAfter);
}

export const unreachable = () => new ApiError(0, t.error.silent, t.error.silentHint);

/** Turns whatever was thrown into something that can be shown. */
export function asApiError(e: unknown): ApiError {
  if (e instanceof ApiError) return e;
  if (e instanceof TypeError) return unreachable();
  return new ApiError(-1, e instanceof Error ? e.message : String(e), t.error.reload);
}

/** Like `fetch`, but throws an `ApiError` for anything but success, and tells `reach` what it saw. */
export async function fetched(request: Request): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(request);
  } catch (e) {
    if (e instanceof DOMException && e.name === 'AbortError') throw e;
    reach.silent();
    throw unreachable();
  }
  reach.answered(response);
  if (!response.ok) throw await errorOf(response);
  return response;
}

/** A key for one intended effect; keep it for the repeats of the same intent. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}
