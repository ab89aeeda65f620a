import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Preview } from '../src/lib/api/types';
import { PlanPreview } from '../src/lib/state/preview.svelte';

const plan = (text: string): Preview => ({ source: 'local', confidence: 1, tasks: [], text, options: [] });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('asks once typing rests, and never for the same or a short text', async () => {
  const ask = vi.fn(async (text: string) => plan(text));
  const preview = new PlanPreview(ask);
  preview.type('short');
  preview.type('a longer te');
  await vi.advanceTimersByTimeAsync(200);
  preview.type('a longer text');
  await vi.advanceTimersByTimeAsync(249);
  expect(ask).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  preview.type('a longer text ');
  await vi.advanceTimersByTimeAsync(1000);
  expect(ask).toHaveBeenCalledTimes(1);
  expect(preview.preview?.text).toBe('a longer text');
  preview.type('');
  expect(preview.preview).toBeUndefined();
});

it('aborts the older call, whose answer changes nothing', async () => {
  const answers: (() => void)[] = [];
  const signals: AbortSignal[] = [];
  const preview = new PlanPreview((text, signal) => {
    signals.push(signal);
    return new Promise((resolve) => answers.push(() => resolve(plan(text))));
  });
  preview.type('the first text');
  await vi.advanceTimersByTimeAsync(250);
  preview.type('the second text');
  await vi.advanceTimersByTimeAsync(250);
  expect(signals[0]!.aborted).toBe(true);
  answers[1]!();
  answers[0]!();
  await vi.advanceTimersByTimeAsync(0);
  expect(preview.preview?.text).toBe('the second text');
  expect(preview.stale).toBe(false);
});

it('says that it failed, and recovers with the next text', async () => {
  let fails = true;
  const preview = new PlanPreview(async (text) => {
    if (fails) throw new Error('away');
    return plan(text);
  });
  preview.type('something to build');
  await vi.advanceTimersByTimeAsync(250);
  expect(preview.failed).toBe(true);
  fails = false;
  preview.type('something to build now');
  await vi.advanceTimersByTimeAsync(250);
  expect(preview.failed).toBe(false);
  expect(preview.preview).toBeDefined();
});
