import { beforeEach, expect, test, vi } from 'vitest';
import type { Message } from '../src/lib/api/types';
import type { EventLink } from '../src/lib/events/link';
import { Talk } from '../src/lib/state/talk.svelte';

const server = vi.hoisted(() => ({ messages: [] as Message[], said: 0, held: Promise.resolve() }));

vi.mock('../src/lib/api/client', () => ({
  api: {
    messages: async () => {
      const read = structuredClone(server.messages);
      await server.held;
      return read;
    },
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

function opening() {
  let listener: Listener = {};
  const events = { listen: (one: Listener) => ((listener = one), () => (listener = {})) } as unknown as EventLink;
  const talk = new Talk('talk', events);
  const close = talk.open();
  const event = (type: string, data: object, conversationId = 'talk') =>
    listener.event?.({ type, data, conversationId } as never);
  return { talk, close, event };
}

async function opened() {
  const open = opening();
  await loaded(open.talk);
  return open;
}

const loaded = (talk: Talk) => vi.waitFor(() => expect(talk.loaded).toBe(true));

/** The answers of the server are on their way until the function that this gives is called. */
function slowServer() {
  let arrive = () => {};
  server.held = new Promise((resolve) => (arrive = resolve));
  return () => arrive();
}

beforeEach(() => {
  server.messages = [];
  server.said = 0;
  server.held = Promise.resolve();
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

test('an answer that events bring is not lost to a read that began before it', async () => {
  server.messages = [message('said-1', 'user', 'Build it')];
  const arrive = slowServer();
  const { talk, event } = opening();
  event('delta', { messageId: 'answer', text: 'Here' });
  event('message', message('answer', 'assistant', 'Here is a plan.', { planId: 'plan' }));
  arrive();
  await loaded(talk);
  expect(talk.messages.map((m) => m.id)).toEqual(['said-1', 'answer']);
  expect(talk.planId).toBe('plan');
  expect(talk.waiting).toBe(false);
});

test('an answer that is being written already is not waited for', async () => {
  server.messages = [message('said-1', 'user', 'Build it')];
  const arrive = slowServer();
  const { talk, event } = opening();
  event('delta', { messageId: 'answer', text: 'Here' });
  arrive();
  await loaded(talk);
  expect(talk.drafts).toEqual({ answer: 'Here' });
  expect(talk.waiting).toBe(false);
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
