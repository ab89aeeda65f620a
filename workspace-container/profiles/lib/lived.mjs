// Time that this process lived through: while it is stopped (a paused swarm), none of it passes.
const TICK = 250;
const MOST = 1000;

/** Calls back once after so many milliseconds; @returns what forgets it */
export function afterLived(millis, callback) {
  let left = millis;
  let before = performance.now();
  const timer = setInterval(
    () => {
      const now = performance.now();
      left -= Math.min(MOST, now - before);
      before = now;
      if (left > 0) return;
      clearInterval(timer);
      callback();
    },
    Math.min(TICK, millis),
  );
  return () => clearInterval(timer);
}

export const lived = (millis) => new Promise((resolve) => afterLived(millis, resolve));
