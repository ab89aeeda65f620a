/** The public contract, as far as this app uses it. Optional fields are absent, never null. */

export interface FieldError {
  field: string;
  code: string;
  message: string;
}

/** RFC 9457. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  errors?: FieldError[];
  service?: string;
  swarmId?: string;
}

export interface Me {
  userId: string;
  email: string;
  displayName: string;
  teams: { teamId: string; name: string; role: string }[];
}

export type WorkspaceState =
  'REQUESTED' | 'STARTING' | 'RUNNING' | 'STOPPING' | 'STOPPED' | 'FAILED';

export interface Workspace {
  id: string;
  name: string;
  teamId: string;
  state: WorkspaceState;
  reason?: string;
  isolation?: string;
}

export interface Conversation {
  id: string;
  workspaceId?: string;
  title?: string;
}

export interface Message {
  id: string;
  author: 'user' | 'assistant';
  text: string;
  planId?: string;
  /** Answers to choose from; the text lists those of a question too. */
  options?: string[];
  createdAt: string;
}

export interface Check {
  command: string;
}

export interface PlanTask {
  id: string;
  title: string;
  role: string;
  adapter: string;
  prompt?: string;
  recipe?: string;
  command?: string[];
  parameters?: Record<string, string>;
  dependsOn: string[];
  acceptance: Check[];
}

export interface Plan {
  id: string;
  source: 'local' | 'llm';
  confidence: number;
  topology: string;
  state: 'DRAFT' | 'APPROVED';
  tasks: PlanTask[];
  swarmId?: string;
}

export type SwarmState = 'PENDING' | 'RUNNING' | 'PAUSED' | 'COMPLETED' | 'FAILED' | 'CANCELLED';
export type TaskState =
  'WAITING' | 'READY' | 'RUNNING' | 'VERIFYING' | 'DONE' | 'FAILED' | 'CANCELLED';
export type AgentState =
  'STARTING' | 'WORKING' | 'NEEDS_YOU' | 'PAUSED' | 'VERIFYING' | 'EXITED';

export interface Agent {
  id: string;
  role: string;
  state: AgentState;
  taskId: string;
  adapter: string;
  attempt: number;
  paneId?: string;
  pid?: number;
  exitCode?: number;
}

export interface Evidence {
  command: string;
  exitCode: number;
  baselineExitCode?: number;
  outputSha256: string;
  outputUrl: string;
  checkSha256: string;
  inputsChanged: string[];
  commit?: string;
  assurance: 'sandboxed' | 'cooperative';
  finishedAt: string;
}

export interface SwarmTask {
  id: string;
  title: string;
  role?: string;
  state: TaskState;
  attempts: number;
  dependsOn?: string[];
  reason?: string;
  evidence?: Evidence[];
}

export interface Swarm {
  id: string;
  planId: string;
  workspaceId?: string;
  state: SwarmState;
  reason?: string;
  startedAt?: string;
  elapsedMs: number;
  progress: { done: number; total: number };
  agents: Agent[];
  tasks: SwarmTask[];
}

export interface GatewayStatus {
  state: 'starting' | 'ready' | 'degraded';
  services: { name: string; ready: boolean; since: string }[];
}

export type PaneRole = 'driver' | 'viewer';
