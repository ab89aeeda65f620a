import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Swarm, Usage } from '../src/lib/api/types';
import type { EventLink, Listener, WorkspaceEvent } from '../src/lib/events/link';
import { SwarmWatch } from '../src/lib/state/swarm.svelte';

const server = vi.hoisted(() => ({ reads: [] as ((swarm: unknown) => void)[] }));
vi.mock('../src/lib/api/client', () => ({
  api: { swarm: () => new Promise((answer) => server.reads.push(answer)) }
}));

const usage = (tokensIn: number): Usage => ({ tokensIn, tokensOut: 1, agents: [] });
const swarm = (tokensIn: number) => ({ id: 's', state: 'RUNNING', elapsedMs: 0, usage: usage(tokensIn) }) as Swarm;
const event = (type: WorkspaceEvent['type'], data: unknown, swarmId = 's'): WorkspaceEvent => ({ id: '1', type, swarmId, data });

let listener: Listener;
let watch: SwarmWatch;
let close: () => void;

async function read(answer: Swarm) {
  await vi.advanceTimersByTimeAsync(200);
  expect(server.reads).toHaveLength(1);
  server.reads.pop()!(answer);
  await vi.advanceTimersByTimeAsync(0);
}

beforeEach(async () => {
  vi.useFakeTimers();
  server.reads = [];
  watch = new SwarmWatch('s', { listen: (l: Listener) => ((listener = l), () => {}) } as unknown as EventLink);
  close = watch.open();
  await read(swarm(10));
});
afterEach(() => {
  close();
  vi.useRealTimers();
});

test('an event tells the usage without another read', async () => {
  listener.event?.(event('usage', usage(25)));
  expect(watch.swarm?.usage.tokensIn).toBe(25);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(server.reads).toHaveLength(0);
});

test('another swarm’s usage is not this one’s', () => {
  listener.event?.(event('usage', usage(99), 'other'));
  expect(watch.swarm?.usage.tokensIn).toBe(10);
});

test('a read that began before an event does not bring back what was', async () => {
  listener.event?.(event('task', {}));
  await vi.advanceTimersByTimeAsync(200);
  listener.event?.(event('usage', usage(25)));
  await read({ ...swarm(12), state: 'PAUSED' });
  expect(watch.swarm).toMatchObject({ state: 'PAUSED', usage: { tokensIn: 25 } });
});

test('a later read says what holds', async () => {
  listener.event?.(event('usage', usage(25)));
  listener.event?.(event('task', {}));
  await read(swarm(40));
  expect(watch.swarm?.usage.tokensIn).toBe(40);
});

test('what an agent does is shown where it is, without asking anew', async () => {
  const agent = { id: 'a', taskId: 't', state: 'WORKING' };
  listener.event?.(event('task', {}));
  await read({ ...swarm(1), agents: [agent, { ...agent, id: 'b' }] } as Swarm);
  listener.event?.(event('activity', { swarmId: 's', agentId: 'b', kind: 'command', text: 'npm test', at: '2026-01-01T00:00:00Z' }));
  expect(watch.swarm?.agents.map((one) => one.activity?.text)).toEqual([undefined, 'npm test']);
  expect(server.reads).toHaveLength(0);
});
