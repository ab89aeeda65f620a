// scrypt with a salt per password; the cost is kept with the hash, so that it
// can be raised later without locking anybody out.
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(scrypt);
const COST = 2 ** 14; // 16 MiB and some 50 ms for each try
const LENGTH = 32; // bytes

/** @returns {Promise<string>} `scrypt$cost$salt$hash`, base64 */
export async function hash(password) {
  const salt = randomBytes(16);
  const key = await derive(password, salt, LENGTH, { N: COST });
  return `scrypt$${COST}$${salt.toString('base64')}$${key.toString('base64')}`;
}

export async function matches(password, stored) {
  const [, cost, salt, key] = stored.split('$');
  const right = Buffer.from(key, 'base64');
  const given = await derive(password, Buffer.from(salt, 'base64'), LENGTH, {
    N: Number(cost),
  });
  return timingSafeEqual(given, right);
}
