import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hash, matches } from '../src/passwords.js';
import { issue, verify } from '../src/tokens.js';

test('a password matches its own hash only', async () => {
  const stored = await hash('correct horse');
  assert.equal(await matches('correct horse', stored), true);
  assert.equal(await matches('correct house', stored), false);
});

test('the same password has a different hash each time', async () => {
  assert.notEqual(await hash('correct horse'), await hash('correct horse'));
});

test('a hash does not contain the password', async () => {
  assert.equal((await hash('correct horse')).includes('correct'), false);
});

test('a token names its account until it expires', () => {
  const now = Date.UTC(2026, 0, 1);
  const { token, expiresAt } = issue('account-1', 'secret', now);
  assert.equal(verify(token, 'secret', now), 'account-1');
  assert.equal(expiresAt, '2026-01-01T01:00:00.000Z');
  assert.equal(verify(token, 'secret', now + 3_600_001), undefined);
});

test('a token of another secret or with another body is refused', () => {
  const { token } = issue('account-1', 'secret');
  assert.equal(verify(token, 'other'), undefined);
  const forged = Buffer.from('{"sub":"root","exp":9999999999}');
  const signature = token.split('.')[1];
  const other = `${forged.toString('base64url')}.${signature}`;
  assert.equal(verify(other, 'secret'), undefined);
});

test('what is no token at all is refused', () => {
  for (const text of ['', '.', 'a', 'a.b', 'a.b.c', undefined]) {
    assert.equal(verify(text, 'secret'), undefined);
  }
});
