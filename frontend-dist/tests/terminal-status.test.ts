import { describe, expect, it } from 'vitest';
import { statusOf, type Standing } from '../src/lib/views/terminal/status';

const standing = (it: Partial<Standing>) =>
  statusOf({ link: 'live', ended: false, mine: true, may: true, agent: false, fits: true, seen: true, ...it });

describe('what is said about a pane', () => {
  it('is nothing while a person types in their own', () => {
    expect(standing({})).toBeUndefined();
  });

  it('puts a cut before who types', () => {
    const holder = { kind: 'user', id: '2', name: 'Ada' };
    expect(standing({ link: 'lost', mine: false, holder })).toMatchObject({ shape: 'wait' });
    expect(standing({ mine: false, holder })).toMatchObject({ shape: 'other', offer: 'take' });
    expect(standing({ mine: false, holder })?.text).toContain('Ada');
  });

  it('tells a first connection from one that was cut', () => {
    const first = standing({ link: 'connecting', seen: false })?.text;
    expect(standing({ link: 'connecting', seen: true })?.text).not.toBe(first);
  });

  it('offers a new terminal where one has ended, but not for an agent or a viewer', () => {
    expect(standing({ ended: true, exitCode: 3 })).toMatchObject({ shape: 'bad', offer: 'again' });
    expect(standing({ ended: true, agent: true })?.offer).toBeUndefined();
    expect(standing({ ended: true, may: false })?.offer).toBeUndefined();
  });

  it('offers a viewer nothing to type with', () => {
    expect(standing({ mine: false, may: false })?.offer).toBeUndefined();
  });
});
