import { beforeEach, expect, test, vi } from 'vitest';
import type { Message, Plan } from '../src/lib/api/types';
import { revise } from '../src/lib/views/result/revise';

const server = vi.hoisted(() => ({
  messages: [] as Partial<Message>[],
  plans: {} as Record<string, Partial<Plan>>,
  answer: {} as Partial<Message>
}));

vi.mock('../src/lib/api/client', () => ({
  api: {
    messages: async () => structuredClone(server.messages),
    say: async (_: string, text: string) => {
      server.messages.push({ id: 'again', author: 'user', text }, { id: 'answer', author: 'assistant', ...server.answer });
      return { messageId: 'again' };
    },
    plan: async (id: string) => ({ plan: server.plans[id], etag: `"${id}"` }),
    savePlan: async (id: string, change: object, etag: string) => {
      expect(etag).toBe(`"${id}"`);
      server.plans[id] = { ...server.plans[id], ...change };
    }
  }
}));

beforeEach(() => {
  server.messages = [
    { id: '1', author: 'user', text: 'Build a shop' },
    { id: '2', author: 'assistant', planId: 'failed' },
    { id: '3', author: 'user', text: 'What now?' }
  ];
  server.plans = {
    failed: { topology: 'parallel', tasks: [{ id: 'mine' }] as Plan['tasks'] },
    fresh: { topology: 'pipeline', tasks: [] } as Partial<Plan>
  };
});

test('asks for what the failed plan was made for, and gives the new plan its tasks', async () => {
  server.answer = { planId: 'fresh' };
  expect(await revise({ planId: 'failed' }, 'talk')).toBe('fresh');
  expect(server.messages.find((m) => m.id === 'again')?.text).toBe('Build a shop');
  expect(server.plans.fresh).toEqual({ topology: 'parallel', tasks: [{ id: 'mine' }] });
});

test('an answer without a plan is told as such', async () => {
  server.answer = { text: 'Which shop?' };
  await expect(revise({ planId: 'failed' }, 'talk')).rejects.toThrow('The answer brought no plan.');
});

test('a plan of another conversation has no wish here', async () => {
  await expect(revise({ planId: 'foreign' }, 'talk')).rejects.toThrow('no longer in its conversation');
});
