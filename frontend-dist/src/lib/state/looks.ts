import { t } from '../text';
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

const look = (shape: Shape, tone: Tone, live = false) => ({ shape, tone, live });

const LOOKS: Record<AnyState, Omit<Look, 'word'>> = {
  PENDING: look('ring', 'quiet'),
  WAITING: look('ring', 'quiet'),
  READY: look('half', 'quiet'),
  REQUESTED: look('dots', 'quiet', true),
  STARTING: look('dots', 'wait', true),
  STOPPING: look('dots', 'quiet', true),
  RUNNING: look('play', 'go', true),
  WORKING: look('play', 'go', true),
  NEEDS_YOU: look('alert', 'wait'),
  PAUSED: look('pause', 'hold'),
  VERIFYING: look('diamond', 'check', true),
  DONE: look('check', 'go'),
  COMPLETED: look('check', 'go'),
  FAILED: look('cross', 'bad'),
  CANCELLED: look('dash', 'quiet'),
  STOPPED: look('dash', 'quiet'),
  EXITED: look('dot', 'quiet')
};

export function lookOf(state: AnyState): Look {
  return { ...(LOOKS[state] ?? look('ring', 'quiet')), word: t.state[state] ?? state };
}

/** `4:07`, `1:02:03`. */
export function clock(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / 1000));
  const parts = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const shown = parts[0] ? parts : parts.slice(1);
  return shown.map((n, i) => (i ? String(n).padStart(2, '0') : String(n))).join(':');
}
