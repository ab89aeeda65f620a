import { call, callText, newIdempotencyKey } from './http';
import type {
  Conversation,
  GatewayStatus,
  Me,
  Message,
  PaneRole,
  Plan,
  PlanTask,
  Swarm,
  Workspace
} from './types';

const id = encodeURIComponent;

function post<T>(path: string, body?: unknown, ifMatch?: string) {
  return call<T>(path, { method: 'POST', body, ifMatch, idempotencyKey: newIdempotencyKey() });
}

/** Every call that this app makes, with the contract's types. All throw `ApiError`. */
export const api = {
  status: async () => (await call<GatewayStatus>('/api/status')).body,

  me: async () => (await call<Me>('/api/auth/me')).body,
  login: (email: string, password: string) =>
    call('/api/auth/login', { method: 'POST', body: { email, password } }),
  register: (body: { email: string; password: string; displayName: string; code?: string }) =>
    call('/api/auth/register', { method: 'POST', body }),
  logout: () => call('/api/auth/logout', { method: 'POST' }),

  workspaces: async () => (await call<Workspace[]>('/api/workspaces')).body,
  workspace: async (w: string) => (await call<Workspace>(`/api/workspaces/${id(w)}`)).body,
  createWorkspace: async (name: string) => (await post<Workspace>('/api/workspaces', { name })).body,
  startWorkspace: (w: string) => post(`/api/workspaces/${id(w)}/start`),
  archiveUrl: (w: string) => `/api/workspaces/${id(w)}/archive`,

  conversations: async (w: string) =>
    (await call<Conversation[]>(`/api/conversations?workspaceId=${id(w)}`)).body,
  createConversation: async (workspaceId: string, title?: string) =>
    (await post<Conversation>('/api/conversations', { workspaceId, title })).body,
  messages: async (c: string) =>
    (await call<Message[]>(`/api/conversations/${id(c)}/messages?limit=1000`)).body,
  say: async (c: string, text: string) =>
    (await post<{ messageId: string }>(`/api/conversations/${id(c)}/messages`, { text })).body,

  plan: (p: string) => call<Plan>(`/api/plans/${id(p)}`),
  savePlan: (p: string, body: { topology: string; tasks: PlanTask[] }, etag: string) =>
    call<Plan | undefined>(`/api/plans/${id(p)}`, { method: 'PUT', body, ifMatch: etag }),
  approve: async (p: string, etag: string) =>
    (await post<{ swarmId: string }>(`/api/plans/${id(p)}/approve`, undefined, etag)).body,

  swarms: async (w: string) => (await call<Swarm[]>(`/api/swarms?workspaceId=${id(w)}`)).body,
  swarm: async (s: string) => (await call<Swarm>(`/api/swarms/${id(s)}`)).body,
  swarmCommand: (s: string, what: 'pause' | 'resume' | 'cancel') =>
    post(`/api/swarms/${id(s)}/${what}`),
  agentCommand: (s: string, a: string, what: 'pause' | 'resume' | 'cancel') =>
    post(`/api/swarms/${id(s)}/agents/${id(a)}/${what}`),
  taskCommand: (s: string, t: string, what: 'retry' | 'verify') =>
    post(`/api/swarms/${id(s)}/tasks/${id(t)}/${what}`),
  tellSwarm: (s: string, text: string) => post(`/api/swarms/${id(s)}/messages`, { text }),
  tellAgent: (s: string, a: string, text: string) =>
    post(`/api/swarms/${id(s)}/agents/${id(a)}/messages`, { text }),
  diff: (s: string, t: string) => callText(`/api/swarms/${id(s)}/tasks/${id(t)}/diff`),
  text: (url: string) => callText(url),

  openPane: async (workspaceId: string) =>
    (
      await post<{ paneId: string; wsUrl: string }>('/api/terminal/pane', {
        workspaceId,
        options: { cols: 80, rows: 24 }
      })
    ).body,
  closePane: (p: string) => call(`/api/terminal/pane/${id(p)}`, { method: 'DELETE' }),
  paneTicket: async (p: string, role: PaneRole) =>
    (
      await call<{ wsUrl: string }>(`/api/terminal/pane/${id(p)}/ticket`, {
        method: 'POST',
        body: { role }
      })
    ).body.wsUrl,
  panesTicket: async (workspaceId: string) =>
    (
      await call<{ wsUrl: string }>('/api/terminal/tickets', {
        method: 'POST',
        body: { workspaceId }
      })
    ).body.wsUrl
};
