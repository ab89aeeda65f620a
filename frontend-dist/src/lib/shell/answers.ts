import { LAST_KNOWN } from '../api/reach';

/** Caches of a person's last answers begin so. */
export const ANSWERS = 'orchflow-answers-';
export const MOST_ANSWERS = 200;

export const answersOf = (userId: string): string => ANSWERS + userId;

const ID = '[^/]+';
/** What is worth showing when the server is away. Not tickets, evidence, usage, nor the server's own state. */
const KEPT = [
  '/api/auth/me',
  '/api/workspaces',
  `/api/workspaces/${ID}`,
  '/api/conversations',
  `/api/conversations/${ID}/messages`,
  `/api/plans/${ID}`,
  '/api/swarms',
  `/api/swarms/${ID}`
].map((pattern) => new RegExp(`^${pattern}$`));

export const keeps = (path: string): boolean => KEPT.some((pattern) => pattern.test(path));

/** Whether the call, where it succeeds, ends what is kept of a person. */
export const isForgetting = (method: string, path: string): boolean =>
  method === 'POST' && (path === '/api/auth/logout' || path === '/api/auth/login');

/** The answer with the time at which it was given. */
export async function stamped(response: Response, at: Date): Promise<Response> {
  const headers = new Headers(response.headers);
  headers.set(LAST_KNOWN, at.toISOString());
  // The body is unpacked by now.
  headers.delete('content-encoding');
  headers.delete('content-length');
  return new Response(await response.blob(), { status: response.status, headers });
}
