import { expect, test } from 'vitest';
import { LAST_KNOWN } from '../src/lib/api/reach';
import { isForgetting, keeps, stamped } from '../src/lib/shell/answers';

test.each([
  '/api/auth/me',
  '/api/workspaces',
  '/api/workspaces/w1',
  '/api/conversations',
  '/api/conversations/c1/messages',
  '/api/plans/p1',
  '/api/swarms',
  '/api/swarms/s1'
])('%s is kept', (path) => expect(keeps(path)).toBe(true));

test.each([
  '/api/status',
  '/api/workspaces/w1/usage',
  '/api/workspaces/w1/archive',
  '/api/orchestration/tickets',
  '/api/swarms/s1/tasks/t1/diff',
  '/api/swarms/s1/evidence/e1/output',
  '/api/conversations/c1/events',
  '/api/auth/personal-access-tokens',
  '/api/auth/me/'
])('%s is not kept', (path) => expect(keeps(path)).toBe(false));

test('signing in and out ends what is kept, other posts do not', () => {
  expect(isForgetting('POST', '/api/auth/logout')).toBe(true);
  expect(isForgetting('POST', '/api/auth/login')).toBe(true);
  expect(isForgetting('GET', '/api/auth/login')).toBe(false);
  expect(isForgetting('POST', '/api/auth/teams')).toBe(false);
});

test('a kept answer has its time, its body and its ETag, and no packing', async () => {
  const answer = new Response('{"id":"p"}', {
    headers: { etag: '"7"', 'content-encoding': 'gzip', 'content-type': 'application/json' }
  });
  const kept = await stamped(answer, new Date('2026-01-02T03:04:05Z'));
  expect(kept.headers.get(LAST_KNOWN)).toBe('2026-01-02T03:04:05.000Z');
  expect(kept.headers.get('etag')).toBe('"7"');
  expect(kept.headers.has('content-encoding')).toBe(false);
  expect(await kept.json()).toEqual({ id: 'p' });
});
