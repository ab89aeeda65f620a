import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Preview } from '../src/lib/api/types';
import { headline, LivePreview, recipeOf } from '../src/lib/views/chat/preview.svelte';

const plan = (text: string): Preview => ({ source: 'local', confidence: 0.9, tasks: [], text, options: [] });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('asks once for what was typed together, and not for a few letters', async () => {
  const asked: string[] = [];
  const live = new LivePreview(async (text) => (asked.push(text), plan(text)));
  for (const text of ['Build', 'Build me', 'Build me a', 'Build me an API ']) {
    live.typed(text);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(250);
  expect(asked).toEqual(['Build me an API']);
  expect(live.shown?.text).toBe('Build me an API');
  live.typed('Build');
  expect(live.shown).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toHaveLength(1);
});

it('aborts the older call, whose answer shows nowhere', async () => {
  const answers: ((preview: Preview) => void)[] = [];
  const signals: AbortSignal[] = [];
  const live = new LivePreview((_, signal) => {
    signals.push(signal);
    return new Promise((resolve) => answers.push(resolve));
  });
  live.typed('the older text');
  await vi.advanceTimersByTimeAsync(300);
  live.typed('the newer text');
  expect(signals[0]!.aborted).toBe(true);
  await vi.advanceTimersByTimeAsync(300);
  answers[1]!(plan('newer'));
  answers[0]!(plan('older'));
  await vi.advanceTimersByTimeAsync(0);
  expect(live.shown?.text).toBe('newer');
});

it('shows nothing where the call fails', async () => {
  let fails = false;
  const live = new LivePreview(async (text) => {
    if (fails) throw new Error('no');
    return plan(text);
  });
  live.typed('a plan that works');
  await vi.advanceTimersByTimeAsync(300);
  expect(live.shown).toBeDefined();
  fails = true;
  live.typed('a plan that works not');
  await vi.advanceTimersByTimeAsync(300);
  expect(live.shown).toBeUndefined();
});

it('names the recipe and the first line', () => {
  expect(recipeOf([{}, { recipe: 'web-app/page@31f58d7e65da' }])).toBe('web-app');
  expect(recipeOf([{}])).toBeUndefined();
  expect(headline('\nHere is **a plan** for `x`.\n\nMore')).toBe('Here is a plan for x.');
});
