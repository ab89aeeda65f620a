import { beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../src/lib/api/http';
import type { Plan, PlanTask } from '../src/lib/api/types';
import { PlanDraft } from '../src/lib/state/plan.svelte';

// The server's one plan, which others change too.
const server = vi.hoisted(() => ({
  plan: {} as Plan,
  version: 1,
  swarmId: 'swarm' as string | undefined,
  budget: undefined as unknown
}));

vi.mock('../src/lib/api/client', () => {
  const etag = () => `"${server.version}"`;
  const lost = () => new ApiError(412, 'changed', 'look again');
  return {
    api: {
      plan: async () => ({ plan: structuredClone(server.plan), etag: etag() }),
      savePlan: async (_: string, { tasks }: { tasks: PlanTask[] }, seen: string) => {
        if (seen !== etag()) throw lost();
        server.version++;
        server.plan = { ...server.plan, tasks };
        return etag();
      },
      approve: async (_: string, seen: string, budget?: unknown) => {
        server.budget = budget;
        if (seen !== etag()) throw lost();
        server.plan = { ...server.plan, state: 'APPROVED', swarmId: server.swarmId };
        return { swarmId: server.swarmId };
      }
    }
  };
});

const store = new Map<string, string>();
vi.stubGlobal('localStorage', {
  getItem: (key: string) => store.get(key) ?? null,
  setItem: (key: string, value: string) => void store.set(key, value),
  removeItem: (key: string) => void store.delete(key)
});

const task = (id: string, title: string, dependsOn: string[] = []): PlanTask => ({
  id,
  title,
  role: 'developer',
  adapter: 'command',
  command: ['true'],
  dependsOn,
  acceptance: [{ command: 'true' }]
});
const titles = (draft: PlanDraft) => draft.tasks.map((t) => t.title);

beforeEach(() => {
  store.clear();
  server.version = 1;
  server.plan = {
    id: 'plan',
    state: 'DRAFT',
    source: 'local',
    confidence: 1,
    topology: 'parallel',
    tasks: [task('a', 'First'), task('b', 'Second', ['a'])]
  } as Plan;
});

async function opened(): Promise<PlanDraft> {
  const draft = new PlanDraft('plan');
  await draft.load();
  return draft;
}

function rename(draft: PlanDraft, title: string) {
  draft.tasks[0]!.title = title;
  draft.touch('a title');
}

function somebodyElse(title: string) {
  server.version++;
  server.plan.tasks[0]!.title = title;
}

test('what was typed is there after a reload, and is saved before the approval', async () => {
  const draft = await opened();
  rename(draft, 'Mine');
  const again = await opened();
  expect(titles(again)).toEqual(['Mine', 'Second']);
  expect(await again.approve()).toBe('swarm');
  expect(server.plan.tasks[0]!.title).toBe('Mine');
  expect(again.plan?.state).toBe('APPROVED');
  expect(store.size).toBe(0);
});

test('letters of one field are undone together, fields one by one, down to what was read', async () => {
  const draft = await opened();
  rename(draft, 'M');
  rename(draft, 'Mi');
  draft.remove('a');
  expect(draft.tasks).toHaveLength(1);
  expect(draft.tasks[0]!.dependsOn).toEqual([]);
  draft.undo();
  expect(titles(draft)).toEqual(['Mi', 'Second']);
  expect(draft.tasks[1]!.dependsOn).toEqual(['a']);
  draft.undo();
  expect(titles(draft)).toEqual(['First', 'Second']);
  expect(draft.changed).toBe(false);
  expect(draft.undoable).toBe(false);
});

test('a plan that another has changed is taken over, unless something was typed here', async () => {
  const draft = await opened();
  somebodyElse('Theirs');
  await draft.refresh();
  expect(titles(draft)).toEqual(['Theirs', 'Second']);
  rename(draft, 'Mine');
  somebodyElse('Theirs again');
  await draft.refresh();
  expect(draft.overtaken).toBe(true);
  expect(titles(draft)).toEqual(['Mine', 'Second']);
});

test('a save over a changed plan loses nothing and asks whose is to stay', async () => {
  const draft = await opened();
  rename(draft, 'Mine');
  somebodyElse('Theirs');
  expect(await draft.approve()).toBeUndefined();
  expect(draft.overtaken).toBe(true);
  expect(draft.error).toBeUndefined();
  expect(titles(draft)).toEqual(['Mine', 'Second']);
  await draft.overwrite();
  expect(draft.overtaken).toBe(false);
  expect(server.plan.tasks[0]!.title).toBe('Mine');
});

test('theirs can be had instead', async () => {
  const draft = await opened();
  rename(draft, 'Mine');
  somebodyElse('Theirs');
  await draft.showTheirs();
  expect(titles(draft)).toEqual(['Theirs', 'Second']);
  expect(draft.changed).toBe(false);
});

test('a plan is approved with a budget, or with none', async () => {
  expect(await (await opened()).approve({ tokens: 600 })).toBe('swarm');
  expect(server.budget).toEqual({ tokens: 600 });
  server.plan.state = 'DRAFT';
  await (await opened()).approve();
  expect(server.budget).toBeUndefined();
});

test('a task can be added for an agent program', async () => {
  const draft = await opened();
  draft.add('New', { kind: 'program', profile: 'codex' });
  await draft.save();
  expect(server.plan.tasks[2]).toMatchObject({ profile: 'codex', prompt: '' });
});
