import { describe, expect, it } from 'vitest';
import type { Agent } from '../src/lib/api/types';
import { noteOf } from '../src/lib/views/swarm/notes';

const NOW = 1_000_000;
const seen = { link: 'live' as const, holder: undefined, mine: false, lastOutputAt: NOW };
const agent = (state: Agent['state'], more = {}) => ({ state, ...more }) as Agent & { reason?: string };

describe('the note of a pane', () => {
  it('is none while the agent works', () =>
    expect(noteOf(seen, agent('WORKING'), NOW)).toBeUndefined());
  it('says why the agent needs somebody, before all else', () =>
    expect(noteOf({ ...seen, link: 'lost' }, agent('NEEDS_YOU', { reason: 'May I delete x?' }), NOW)).toEqual({
      text: 'Needs you: May I delete x?',
      tone: 'wait'
    }));
  it('tells of a cut', () =>
    expect(noteOf({ ...seen, link: 'lost' }, agent('WORKING'), NOW)?.text).toContain('Connection lost'));
  it('tells of an agent that ended without a code', () =>
    expect(noteOf(seen, agent('EXITED'), NOW)?.tone).toBe('bad'));
  it('tells nothing of one that ended with a code', () =>
    expect(noteOf(seen, agent('EXITED', { exitCode: 0 }), NOW)).toBeUndefined());
  it('names who types', () =>
    expect(noteOf({ ...seen, holder: { kind: 'user', id: 'u', name: 'Ada' } }, agent('WORKING'), NOW)?.text).toBe(
      'Ada is typing'
    ));
  it('is quiet after 90 seconds', () => {
    const at = (ms: number) => noteOf({ ...seen, lastOutputAt: NOW - ms }, agent('WORKING'), NOW)?.text;
    expect(at(89_999)).toBeUndefined();
    expect(at(90_000)).toBe('Quiet for 1 min');
    expect(at(120_000)).toBe('Quiet for 2 min');
  });
});
