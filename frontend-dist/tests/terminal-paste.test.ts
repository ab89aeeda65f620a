import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Paste } from '../src/lib/views/terminal/paste.svelte';

class Target {
  link = 'live';
  mine = true;
  buffered = 0;
  parts: string[] = [];
  input(bytes: Uint8Array) {
    this.parts.push(new TextDecoder().decode(bytes));
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a long paste', () => {
  const text = 'x'.repeat(40_000);

  it('goes in parts, and arrives whole', () => {
    const target = new Target();
    const paste = new Paste(text, target, false);
    expect(paste.sent).toBeLessThan(text.length);
    vi.runAllTimers();
    expect(paste.state).toBe('done');
    expect(target.parts.length).toBeGreaterThan(2);
    expect(target.parts.join('')).toBe(text);
  });

  it('waits while too much is unsent', () => {
    const target = new Target();
    const paste = new Paste(text, target, false);
    const before = paste.sent;
    target.buffered = 300_000;
    vi.advanceTimersByTime(2000);
    expect(paste.sent).toBe(before);
    target.buffered = 0;
    vi.runAllTimers();
    expect(paste.state).toBe('done');
  });

  it('closes its bracket when it is cancelled', () => {
    const target = new Target();
    const paste = new Paste(text, target, true);
    paste.cancel();
    vi.runAllTimers();
    expect(paste.state).toBe('cancelled');
    expect(target.parts[0]).toBe('\x1b[200~');
    expect(target.parts.at(-1)).toBe('\x1b[201~');
  });

  it('ends where the connection is cut', () => {
    const target = new Target();
    const paste = new Paste(text, target, false);
    target.link = 'lost';
    vi.runAllTimers();
    expect(paste.state).toBe('cut');
    expect(paste.sent).toBeLessThan(text.length);
  });
});
