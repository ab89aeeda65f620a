import { readdirSync, readFileSync } from 'node:fs';
import { expect, request, test as base, type APIRequestContext, type Page } from '@playwright/test';

export const OWNER = { name: 'Ada Lovelace', email: 'ada@example.test', password: 'correct horse battery 9' };

/** A task that runs a line of shell. */
export interface CommandTask {
  id: string;
  title: string;
  sh: string;
  check: string;
  dependsOn?: string[];
}

/** The API as the owner uses it, for what a test needs around its subject. */
export class Api {
  constructor(readonly http: APIRequestContext) {}

  async get<T>(path: string): Promise<T> {
    const answer = await this.http.get(path);
    expect(answer.ok(), `GET ${path}: ${answer.status()}`).toBeTruthy();
    return (await answer.json()) as T;
  }

  async post<T>(path: string, data?: unknown, headers: Record<string, string> = {}): Promise<T> {
    const origin = new URL(process.env.ORCHFLOW_URL!).origin;
    const answer = await this.http.post(path, { data, headers: { origin, ...headers } });
    expect(answer.ok(), `POST ${path}: ${answer.status()} ${await answer.text()}`).toBeTruthy();
    const text = await answer.text();
    return (text ? JSON.parse(text) : undefined) as T;
  }

  async remove(path: string): Promise<void> {
    const answer = await this.http.delete(path, { headers: { origin: new URL(process.env.ORCHFLOW_URL!).origin } });
    expect(answer.ok(), `DELETE ${path}: ${answer.status()} ${await answer.text()}`).toBeTruthy();
  }

  async workspace(): Promise<string> {
    const [first] = await this.get<{ id: string; state: string }[]>('/api/workspaces');
    const id = first?.id ?? (await this.post<{ id: string }>('/api/workspaces', { name: 'workspace' })).id;
    await expect
      .poll(async () => (await this.get<{ state: string }>(`/api/workspaces/${id}`)).state, { timeout: 40_000 })
      .toBe('RUNNING');
    return id;
  }

  /** A plan of these tasks, not approved. */
  async plan(workspaceId: string, tasks: CommandTask[]): Promise<{ planId: string; conversationId: string; etag: string }> {
    const { id: conversationId } = await this.post<{ id: string }>('/api/conversations', { workspaceId });
    await this.post(`/api/conversations/${conversationId}/messages`, {
      text: 'Build me a REST API with auth for a book shop'
    });
    const planOf = async () =>
      (await this.get<{ planId?: string }[]>(`/api/conversations/${conversationId}/messages`)).findLast((m) => m.planId)
        ?.planId;
    await expect.poll(planOf, { timeout: 20_000 }).toBeTruthy();
    const planId = (await planOf())!;
    const read = await this.http.get(`/api/plans/${planId}`);
    const put = await this.http.put(`/api/plans/${planId}`, {
      headers: { 'if-match': read.headers()['etag']!, origin: new URL(process.env.ORCHFLOW_URL!).origin },
      data: {
        topology: 'parallel',
        tasks: tasks.map((task) => ({
          id: task.id,
          title: task.title,
          role: 'developer',
          adapter: 'command',
          command: ['sh', '-c', task.sh],
          dependsOn: task.dependsOn ?? [],
          acceptance: [{ command: task.check }]
        }))
      }
    });
    expect(put.ok(), await put.text()).toBeTruthy();
    return { planId, conversationId, etag: put.headers()['etag']! };
  }

  async swarm(workspaceId: string, tasks: CommandTask[]): Promise<string> {
    const { planId, etag } = await this.plan(workspaceId, tasks);
    return (await this.post<{ swarmId: string }>(`/api/plans/${planId}/approve`, undefined, { 'if-match': etag })).swarmId;
  }

  async until(swarmId: string, state: string, timeout = 60_000): Promise<void> {
    await expect
      .poll(async () => (await this.get<{ state: string }>(`/api/swarms/${swarmId}`)).state, { timeout })
      .toBe(state);
  }
}

async function account(http: APIRequestContext): Promise<void> {
  const origin = new URL(process.env.ORCHFLOW_URL!).origin;
  const { name: displayName, email, password } = OWNER;
  const login = await http.post('/api/auth/login', { data: { email, password }, headers: { origin } });
  if (login.ok()) return;
  const code = process.env.ORCHFLOW_CODE;
  const made = await http.post('/api/auth/register', {
    data: { email, password, displayName, code },
    headers: { origin }
  });
  expect(made.ok(), await made.text()).toBeTruthy();
}

/** What the page complained of: an error in its scripts, or on its console. */
export class Complaints {
  readonly all: string[] = [];
  /** Complaints that match this are part of what a test does. */
  expected: RegExp[] = [];

  constructor(page: Page) {
    page.on('pageerror', (e) => this.all.push(`page error: ${e.message}`));
    page.on('console', (m) => m.type() === 'error' && this.all.push(`console: ${m.text()}`));
  }

  unexpected(): string[] {
    return this.all.filter((c) => !this.expected.some((e) => e.test(c)));
  }
}

/** `page` is signed in; no test passes while its page complains of something it does not expect. */
export const test = base.extend<{ api: Api; complaints: Complaints }>({
  storageState: async ({}, use) => {
    const http = await request.newContext({ baseURL: process.env.ORCHFLOW_URL });
    await account(http);
    await use(await http.storageState());
    await http.dispose();
  },
  api: async ({ storageState }, use) => {
    const http = await request.newContext({ baseURL: process.env.ORCHFLOW_URL, storageState });
    await use(new Api(http));
    await http.dispose();
  },
  complaints: [
    async ({ page }, use) => {
      const complaints = new Complaints(page);
      await use(complaints);
      expect(complaints.unexpected()).toEqual([]);
    },
    { auto: true }
  ]
});

export { expect };

/** The live process of a service of this installation. */
export function servicePid(name: string): number {
  const launcher = process.env.ORCHFLOW_PID;
  const read = (path: string) => {
    try {
      return readFileSync(path, 'latin1');
    } catch {
      return '';
    }
  };
  const pids = readdirSync('/proc').filter((n) => /^\d+$/.test(n));
  const below = (pid: string): boolean => {
    const parent = /^PPid:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1];
    return parent === launcher || (parent !== undefined && parent !== '0' && parent !== '1' && below(parent));
  };
  const found = pids.find((pid) => read(`/proc/${pid}/cmdline`).includes(`/services/${name}/`) && below(pid));
  expect(found, `a process of ${name} below ${launcher}`).toBeTruthy();
  return Number(found);
}

/** Pane bytes as the page's sockets received them, put together by their numbers. */
export class Received {
  readonly #panes = new Map<string, Buffer[]>();
  readonly gaps: string[] = [];
  sockets = 0;

  constructor(page: Page) {
    page.on('websocket', (socket) => {
      if (!socket.url().includes('/api/terminal/')) return;
      this.sockets++;
      let pane = '';
      const channels = new Map<number, string>();
      const snapshots = new Set<string>();
      socket.on('framereceived', ({ payload }) => {
        if (typeof payload === 'string') {
          const frame = JSON.parse(payload) as { type: string; paneId?: string; channel?: number };
          if (frame.type === 'hello') {
            if (frame.channel === undefined) pane = frame.paneId!;
            else channels.set(frame.channel, frame.paneId!);
          }
          if (frame.type === 'snapshot') {
            snapshots.add(frame.channel === undefined ? pane : channels.get(frame.channel)!);
          }
          return;
        }
        const many = socket.url().includes('/api/terminal/stream');
        const id = many ? channels.get(payload.readUInt32BE(0))! : pane;
        const body = many ? payload.subarray(4) : payload;
        if (snapshots.delete(id)) this.gaps.push(`${id}: repainted`);
        else this.#put(id, Number(body.readBigUInt64BE(0)), body.subarray(8));
      });
    });
  }

  #put(pane: string, seq: number, bytes: Buffer): void {
    const known = this.#panes.get(pane) ?? [];
    const have = known.reduce((sum, part) => sum + part.length, 0);
    if (seq > have) this.gaps.push(`${pane}: nothing between ${have} and ${seq}`);
    else if (have - seq < bytes.length) known.push(bytes.subarray(have - seq));
    this.#panes.set(pane, known);
  }

  /** All that came of the pane whose output holds this text. */
  textWith(part: string): string {
    const texts = [...this.#panes.values()].map((parts) => Buffer.concat(parts).toString());
    return texts.find((text) => text.includes(part)) ?? '';
  }
}
