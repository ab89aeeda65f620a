// Signed tokens: base64url(JSON) + "." + base64url(HMAC-SHA256). They carry
// who it is and until when, and nothing that has to stay secret.
import { createHmac, timingSafeEqual } from 'node:crypto';

const LIFETIME = 60 * 60; // seconds

const mac = (payload, secret) =>
  createHmac('sha256', secret).update(payload).digest();

/** @returns {{token: string, expiresAt: string}} good for an hour */
export function issue(accountId, secret, now = Date.now()) {
  const expires = Math.floor(now / 1000) + LIFETIME;
  const claims = JSON.stringify({ sub: accountId, exp: expires });
  const payload = Buffer.from(claims).toString('base64url');
  return {
    token: `${payload}.${mac(payload, secret).toString('base64url')}`,
    expiresAt: new Date(expires * 1000).toISOString(),
  };
}

/** @returns the account's id, or undefined for a forged or expired token */
export function verify(token, secret, now = Date.now()) {
  const [payload, signature, ...more] = String(token).split('.');
  if (!payload || !signature || more.length > 0) return undefined;
  const given = Buffer.from(signature, 'base64url');
  const right = mac(payload, secret);
  if (given.length !== right.length) return undefined;
  if (!timingSafeEqual(given, right)) return undefined;
  const { sub, exp } = JSON.parse(Buffer.from(payload, 'base64url'));
  return exp * 1000 > now ? sub : undefined;
}
