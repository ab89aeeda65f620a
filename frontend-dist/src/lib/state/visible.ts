export interface Repeated {
  /** Runs it at once, and waits anew from there. */
  now(): Promise<void>;
  stop(): void;
}

/**
 * Runs something again and again while the page can be seen, and at once when it can be seen again.
 * The next wait begins when the run has ended.
 * @param wait milliseconds until the next run
 */
export function whileVisible(run: () => Promise<unknown>, wait: () => number): Repeated {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<unknown> | undefined;
  let ended = false;

  async function now(): Promise<void> {
    clearTimeout(timer);
    // One that began before this call may not see what the caller has just changed.
    while (running) await running;
    if (ended) return;
    running = run().catch(() => undefined);
    await running;
    running = undefined;
    clearTimeout(timer);
    if (!ended && !document.hidden) timer = setTimeout(() => void now(), wait());
  }

  const changed = () => (document.hidden ? clearTimeout(timer) : void now());
  document.addEventListener('visibilitychange', changed);
  if (!document.hidden) void now();
  return {
    now,
    stop: () => {
      ended = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', changed);
    }
  };
}
