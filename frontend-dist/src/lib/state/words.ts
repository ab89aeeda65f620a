import type { AgentState, SwarmState, TaskState, WorkspaceState } from '../api/types';

export type AnyState = AgentState | SwarmState | TaskState | WorkspaceState;
export type Shape =
  | 'ring'
  | 'half'
  | 'play'
  | 'diamond'
  | 'check'
  | 'cross'
  | 'dash'
  | 'pause'
  | 'alert'
  | 'dots'
  | 'dot';
export type Tone = 'quiet' | 'go' | 'wait' | 'hold' | 'bad' | 'check';

interface Look {
  shape: Shape;
  tone: Tone;
  word: string;
  /** Something is under way, as far as the server has said. */
  live: boolean;
}

const look = (shape: Shape, tone: Tone, word: string, live = false): Look => ({
  shape,
  tone,
  word,
  live
});

const LOOKS: Record<AnyState, Look> = {
  PENDING: look('ring', 'quiet', 'Pending'),
  WAITING: look('ring', 'quiet', 'Waiting'),
  READY: look('half', 'quiet', 'Ready'),
  REQUESTED: look('dots', 'quiet', 'Requested', true),
  STARTING: look('dots', 'wait', 'Starting', true),
  STOPPING: look('dots', 'quiet', 'Stopping', true),
  RUNNING: look('play', 'go', 'Running', true),
  WORKING: look('play', 'go', 'Working', true),
  NEEDS_YOU: look('alert', 'wait', 'Needs you'),
  PAUSED: look('pause', 'hold', 'Paused'),
  VERIFYING: look('diamond', 'check', 'Verifying', true),
  DONE: look('check', 'go', 'Done'),
  COMPLETED: look('check', 'go', 'Completed'),
  FAILED: look('cross', 'bad', 'Failed'),
  CANCELLED: look('dash', 'quiet', 'Cancelled'),
  STOPPED: look('dash', 'quiet', 'Stopped'),
  EXITED: look('dot', 'quiet', 'Exited')
};

export function lookOf(state: AnyState): Look {
  return LOOKS[state] ?? look('ring', 'quiet', String(state));
}

/** `4:07`, `1:02:03`. */
export function clock(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / 1000));
  const parts = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const shown = parts[0] ? parts : parts.slice(1);
  return shown.map((n, i) => (i ? String(n).padStart(2, '0') : String(n))).join(':');
}
