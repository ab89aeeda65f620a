import { beforeEach, expect, test, vi } from 'vitest';
import type { Message } from '../src/lib/api/types';
import type { EventLink } from '../src/lib/events/link';
import { Talk } from '../src/lib/state/talk.svelte';

const server = vi.hoisted(() => ({ messages: [] as Message[], said: 0 }));

vi.mock('../src/lib/api/client', () => ({
  api: {
    messages: async () => structuredClone(server.messages),
    say: async () => ({ messageId: `said-${++server.said}` })
  }
}));

const message = (id: string, author: Message['author'], text: string, more: Partial<Message> = {}): Message => ({
  id,
  conversationId: 'talk',
  author,
  text,
  createdAt: '2026-11-22T12:00:00Z',
  ...more
});

type Listener = Parameters<EventLink['listen']>[0];

async function opened() {
  let listener: Listener = {};
  const events = { listen: (one: Listener) => ((listener = one), () => (listener = {})) } as unknown as EventLink;
  const talk = new Talk('talk', events);
  const close = talk.open();
  await vi.waitFor(() => expect(talk.loaded).toBe(true));
  const event = (type: string, data: object, conversationId = 'talk') =>
    listener.event?.({ type, data, conversationId } as never);
  return { talk, close, event };
}

beforeEach(() => {
  server.messages = [];
  server.said = 0;
});

test('an answer grows letter by letter, and its message takes the place of the draft', async () => {
  const { talk, event } = await opened();
  expect(await talk.say('Build it')).toBe(true);
  expect(talk.waiting).toBe(true);
  event('delta', { messageId: 'answer', text: 'Here is ' });
  event('delta', { messageId: 'answer', text: 'a plan' });
  expect(talk.waiting).toBe(false);
  expect(talk.drafts).toEqual({ answer: 'Here is a plan' });
  event('message', message('answer', 'assistant', 'Here is a plan.', { planId: 'plan' }));
  expect(talk.drafts).toEqual({});
  expect(talk.messages.map((m) => m.text)).toEqual(['Build it', 'Here is a plan.']);
  expect(talk.planId).toBe('plan');
  event('delta', { messageId: 'answer', text: 'late' });
  expect(talk.drafts).toEqual({});
});

test('one message is there once, however often it is told', async () => {
  server.messages = [message('said-1', 'user', 'Build it')];
  const { talk, event } = await opened();
  expect(talk.waiting).toBe(true);
  event('message', message('said-1', 'user', 'Build it'));
  expect(talk.messages).toHaveLength(1);
});

test('what happens in other conversations is no concern; changed plans are counted', async () => {
  const { talk, event, close } = await opened();
  event('message', message('other', 'user', 'Something else'), 'another');
  expect(talk.messages).toEqual([]);
  event('plan', { planId: 'plan' });
  event('plan', { planId: 'plan' });
  expect(talk.planChanges).toEqual({ plan: 2 });
  close();
  event('plan', { planId: 'plan' });
  expect(talk.planChanges).toEqual({ plan: 2 });
});
