import { describe, expect, it } from 'vitest';
import { noteOf, type Standing } from '../src/lib/views/swarm/face';

const standing = (more: Partial<Standing> = {}): Standing => ({
  task: { state: 'RUNNING' },
  agent: { state: 'WORKING' },
  link: 'live',
  ended: false,
  mine: false,
  redrawn: false,
  ...more
});
const text = (more: Partial<Standing>) => noteOf(standing(more))?.text;

describe('what stands on a pane', () => {
  it('is nothing while an agent works', () => {
    expect(noteOf(standing({ silentFor: 89_999 }))).toBeUndefined();
  });

  it('says that it is quiet after 90 s, and only of one that works', () => {
    expect(text({ silentFor: 90_000 })).toBe('Quiet for 90 s');
    expect(text({ silentFor: 185_000 })).toBe('Quiet for 3 min');
    expect(text({ silentFor: 185_000, agent: { state: 'PAUSED' } })).toBeUndefined();
    expect(text({ silentFor: 185_000, ended: true })).toBeUndefined();
  });

  it('says why a person is needed', () => {
    expect(text({ agent: { state: 'NEEDS_YOU', reason: 'Which port?' } })).toBe('Which port?');
    expect(text({ agent: { state: 'NEEDS_YOU' } })).toBe('The program asks for you');
  });

  it('tells a cut before everything else', () => {
    expect(text({ link: 'lost', agent: { state: 'NEEDS_YOU' } })).toContain('reconnecting');
  });

  it('tells an agent that was lost from one that ended', () => {
    expect(text({ agent: { state: 'EXITED' }, ended: true })).toContain('lost');
    expect(text({ agent: { state: 'EXITED', exitCode: 0 }, ended: true })).toBeUndefined();
  });

  it('names who types', () => {
    expect(text({ holder: { kind: 'user', id: 'u', name: 'Grace' } })).toBe('Grace is typing here');
    expect(text({ holder: { kind: 'agent', id: 'a' } })).toBeUndefined();
    expect(text({ mine: true, holder: { kind: 'user', id: 'me' } })).toBe('You are typing here');
  });
});
