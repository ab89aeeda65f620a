import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Throttle } from '../src/throttle.js';

function failing(times, clock) {
  const throttle = new Throttle(() => clock.now);
  for (let count = 0; count < times; count += 1) throttle.failed('ada');
  return throttle;
}

test('four failures do not slow anybody down', () => {
  assert.equal(failing(4, { now: 0 }).wait('ada'), 0);
});

test('the fifth failure closes the key for a minute, and no other', () => {
  const throttle = failing(5, { now: 0 });
  assert.equal(throttle.wait('ada'), 60);
  assert.equal(throttle.wait('bob'), 0);
});

test('the key opens again when the minute is over', () => {
  const clock = { now: 0 };
  const throttle = failing(5, clock);
  clock.now = 60_000;
  assert.equal(throttle.wait('ada'), 0);
});

test('success forgets the failures', () => {
  const throttle = failing(4, { now: 0 });
  throttle.succeeded('ada');
  throttle.failed('ada');
  assert.equal(throttle.wait('ada'), 0);
});
