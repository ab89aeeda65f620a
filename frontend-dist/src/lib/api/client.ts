import createClient from 'openapi-fetch';
import type { paths as Auth } from './generated/auth';
import type { paths as Orchestration } from './generated/orchestration';
import type { paths as Terminal } from './generated/terminal';
import type { paths as Workspaces } from './generated/workspaces';
import { fetched, newIdempotencyKey } from './http';
import type {
  Budget,
  GatewayStatus,
  Me,
  PauseLevel,
  Plan,
  PlanTask,
  Preview,
  Provider,
  ProviderBody,
  ReviewComment,
  Role,
  Swarm
} from './types';

const http = createClient<Auth & Workspaces & Orchestration & Terminal>({ fetch: fetched });
http.use({
  onRequest({ request }) {
    // One key an intent: a repeat by the browser of the same request has no second effect.
    if (request.method === 'POST' && !request.headers.has('Idempotency-Key')) {
      request.headers.set('Idempotency-Key', newIdempotencyKey());
    }
    return request;
  }
});

/** The body; `fetched` has thrown for everything but success. */
async function body<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T;
}

const path = <P>(params: P) => ({ params: { path: params } });
const etagOf = (response: Response) => response.headers.get('etag') ?? '';

type SwarmCommand = 'pause' | 'resume' | 'cancel';

/** Every call that this app makes. All throw `ApiError`. */
export const api = {
  status: async () =>
    (await (await fetched(new Request('/api/status'))).json()) as GatewayStatus,

  me: () => body(http.GET('/api/auth/me')) as Promise<Me>,
  login: (email: string, password: string) =>
    http.POST('/api/auth/login', { body: { email, password } }),
  register: (account: { email: string; password: string; displayName: string; code?: string }) =>
    http.POST('/api/auth/register', { body: account }),
  logout: () => http.POST('/api/auth/logout'),

  rename: (displayName: string) =>
    body(http.PATCH('/api/auth/me', { body: { displayName } })) as Promise<Me>,
  changePassword: (current: string, next: string) =>
    http.POST('/api/auth/password', { body: { current, new: next } }),

  tokens: () => body(http.GET('/api/auth/personal-access-tokens')),
  createToken: (name: string, expiresInDays?: number, scopes?: string[]) =>
    body(http.POST('/api/auth/personal-access-tokens', { body: { name, expiresInDays, scopes } })),
  revokeToken: (id: string) =>
    http.DELETE('/api/auth/personal-access-tokens/{id}', path({ id })),
  createTeam: (name: string) => body(http.POST('/api/auth/teams', { body: { name } })),
  members: (id: string) => body(http.GET('/api/auth/teams/{id}/members', path({ id }))),
  invitations: (id: string) => body(http.GET('/api/auth/teams/{id}/invitations', path({ id }))),
  invite: (id: string, email: string, role: Role) =>
    body(http.POST('/api/auth/teams/{id}/invitations', { ...path({ id }), body: { email, role } })),
  withdrawInvitation: (id: string, invitationId: string) =>
    http.DELETE('/api/auth/teams/{id}/invitations/{invitationId}', path({ id, invitationId })),
  changeRole: (id: string, userId: string, role: Role) =>
    http.PATCH('/api/auth/teams/{id}/members/{userId}', {
      ...path({ id, userId }),
      body: { role }
    }),
  removeMember: (id: string, userId: string) =>
    http.DELETE('/api/auth/teams/{id}/members/{userId}', path({ id, userId })),
  /** Invitations for the person who is signed in. */
  myInvitations: () => body(http.GET('/api/auth/invitations')),
  acceptInvitation: (id: string) =>
    http.POST('/api/auth/invitations/{id}/accept', path({ id })),

  workspaces: () => body(http.GET('/api/workspaces')),
  workspace: (id: string) => body(http.GET('/api/workspaces/{id}', path({ id }))),
  createWorkspace: (name: string, more: { teamId?: string; source?: { gitUrl: string } } = {}) =>
    body(http.POST('/api/workspaces', { body: { name, ...more } })),
  /** Makes the first one; two tabs that ask at once get the same. */
  firstWorkspace: () =>
    body(
      http.POST('/api/workspaces', {
        body: { name: 'workspace' },
        headers: { 'Idempotency-Key': 'first-workspace' }
      })
    ),
  startWorkspace: (id: string) => http.POST('/api/workspaces/{id}/start', path({ id })),
  stopWorkspace: (id: string) => http.POST('/api/workspaces/{id}/stop', path({ id })),
  deleteWorkspace: (id: string) => http.DELETE('/api/workspaces/{id}', path({ id })),
  usage: (id: string) => body(http.GET('/api/workspaces/{id}/usage', path({ id }))),
  archiveUrl: (id: string) => `/api/workspaces/${encodeURIComponent(id)}/archive`,

  conversations: (workspaceId: string) =>
    body(http.GET('/api/conversations', { params: { query: { workspaceId, limit: 1000 } } })),
  createConversation: (workspaceId: string, title?: string) =>
    body(
      http.POST('/api/conversations', {
        body: { workspaceId, ...(title ? { title } : {}) } as { workspaceId: string; title: string }
      })
    ),
  messages: (id: string) =>
    body(
      http.GET('/api/conversations/{id}/messages', {
        params: { path: { id }, query: { limit: 1000 } }
      })
    ),
  say: (id: string, text: string) =>
    body(http.POST('/api/conversations/{id}/messages', { ...path({ id }), body: { text } })),

  preview: (workspaceId: string, text: string, signal?: AbortSignal) =>
    body(http.POST('/api/plans/preview', { body: { workspaceId, text }, signal })) as Promise<Preview>,
  plan: async (id: string) => {
    const { data, response } = await http.GET('/api/plans/{id}', path({ id }));
    return { plan: data as Plan, etag: etagOf(response) };
  },
  /** @returns the new ETag */
  savePlan: async (
    id: string,
    plan: { topology: Plan['topology']; tasks: PlanTask[] },
    etag: string
  ) => {
    const { response } = await http.PUT('/api/plans/{id}', {
      params: { path: { id }, header: { 'If-Match': etag } },
      body: plan
    });
    return etagOf(response);
  },
  /** @param budget what the swarm's agents may spend at models */
  approve: (id: string, etag: string, budget?: Budget) =>
    body(
      http.POST('/api/plans/{id}/approve', {
        params: { path: { id }, header: { 'If-Match': etag } },
        body: budget ? { budget } : {}
      })
    ),

  /** The agent programs that a workspace's tasks may be given to. */
  adapters: (workspaceId: string) =>
    body(http.GET('/api/adapters', { params: { query: { workspaceId } } })),
  providers: (teamId: string) =>
    body(http.GET('/api/models/providers', { params: { query: { teamId } } })) as Promise<Provider[]>,
  addProvider: (teamId: string, provider: ProviderBody) =>
    body(http.POST('/api/models/providers', { body: { ...provider, teamId } })) as Promise<Provider>,
  changeProvider: (id: string, provider: ProviderBody) =>
    body(http.PUT('/api/models/providers/{id}', { ...path({ id }), body: provider })) as Promise<Provider>,
  removeProvider: (id: string) => http.DELETE('/api/models/providers/{id}', path({ id })),
  checkProvider: (id: string) => body(http.POST('/api/models/providers/{id}/check', path({ id }))),
  /** What a team and its people have spent this month, and may. */
  budgets: (teamId: string) =>
    body(http.GET('/api/models/budgets', { params: { query: { teamId } } })),
  limitTeam: (teamId: string, budget: Budget) =>
    body(http.PUT('/api/models/budgets/team/{teamId}', { ...path({ teamId }), body: budget })),
  limitPerson: (teamId: string, userId: string, budget: Budget) =>
    body(
      http.PUT('/api/models/budgets/team/{teamId}/user/{userId}', {
        ...path({ teamId, userId }),
        body: budget
      })
    ),
  limitSwarm: (swarmId: string, budget: Budget) =>
    body(http.PUT('/api/models/budgets/swarm/{swarmId}', { ...path({ swarmId }), body: budget })),

  swarms: (workspaceId: string) =>
    body(
      http.GET('/api/swarms', { params: { query: { workspaceId, limit: 1000 } } })
    ) as Promise<Swarm[]>,
  swarm: (id: string) => body(http.GET('/api/swarms/{id}', path({ id }))) as Promise<Swarm>,
  swarmCommand: (id: string, what: SwarmCommand) =>
    http.POST(`/api/swarms/{id}/${what}`, path({ id })),
  /** @param level how far; absent: every process stops where it is */
  pauseSwarm: (id: string, level?: PauseLevel) =>
    http.POST('/api/swarms/{id}/pause', { ...path({ id }), body: level ? { level } : {} }),
  agentCommand: (id: string, agentId: string, what: SwarmCommand) =>
    http.POST(`/api/swarms/{id}/agents/{agentId}/${what}`, path({ id, agentId })),
  taskCommand: (id: string, taskId: string, what: 'retry' | 'verify') =>
    http.POST(`/api/swarms/{id}/tasks/{taskId}/${what}`, path({ id, taskId })),
  /** @param returned why it is not taken; absent: it is */
  review: (
    id: string,
    taskId: string,
    commit: string,
    returned?: { text?: string; comments: ReviewComment[] }
  ) =>
    http.POST('/api/swarms/{id}/tasks/{taskId}/review', {
      ...path({ id, taskId }),
      body: { decision: returned ? 'return' : 'accept', commit, ...returned }
    }),
  tellSwarm: (id: string, text: string) =>
    http.POST('/api/swarms/{id}/messages', { ...path({ id }), body: { text } }),
  tellAgent: (id: string, agentId: string, text: string) =>
    http.POST('/api/swarms/{id}/agents/{agentId}/messages', {
      ...path({ id, agentId }),
      body: { text }
    }),
  /** What agents wait for a person to allow. */
  approvals: () => body(http.GET('/api/approvals', { params: { query: { limit: 200 } } })),
  decide: (id: string, decision: 'allow' | 'deny', digest: string) =>
    http.POST('/api/approvals/{id}', { ...path({ id }), body: { decision, digest } }),
  questions: () => body(http.GET('/api/questions')),
  /** What agents and people wrote to agents, oldest first. */
  mails: (id: string) =>
    body(http.GET('/api/swarms/{id}/messages', { params: { path: { id }, query: { limit: 1000 } } })),
  diff: (swarmId: string, taskId: string) =>
    api.text(
      `/api/swarms/${encodeURIComponent(swarmId)}/tasks/${encodeURIComponent(taskId)}/diff`
    ),
  /** What one of the API's own addresses gives, such as an evidence's `outputUrl`. */
  text: async (url: string) => (await fetched(new Request(url))).text(),
  bytes: async (url: string) =>
    new Uint8Array(await (await fetched(new Request(url))).arrayBuffer()),

  /** A ticket's address for the socket of a workspace's events. */
  eventsTicket: async (workspaceId: string) =>
    (await body(http.POST('/api/orchestration/tickets', { body: { workspaceId } }))).wsUrl,

  panes: (workspaceId: string) =>
    body(http.GET('/api/terminal/panes', { params: { query: { workspaceId, limit: 1000 } } })),
  openPane: (
    workspaceId: string,
    options: { title?: string; cols: number; rows: number; cwd?: string }
  ) => body(http.POST('/api/terminal/pane', { body: { workspaceId, options } })),
  closePane: (paneId: string) => http.DELETE('/api/terminal/pane/{paneId}', path({ paneId })),
  /** A ticket's address for the socket of all the workspace's panes. */
  panesTicket: async (workspaceId: string) =>
    (await body(http.POST('/api/terminal/tickets', { body: { workspaceId } }))).wsUrl
};
