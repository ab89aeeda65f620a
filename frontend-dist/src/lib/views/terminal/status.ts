import type { LeaseHolder } from '../../terminal/frames';
import type { LinkState } from '../../terminal/connection';
import { t } from '../../text';

export type Shape = 'wait' | 'bad' | 'other' | 'go' | 'quiet';

export interface Status {
  shape: Shape;
  text: string;
  /** What a person can do about it. */
  offer?: 'take' | 'type' | 'back' | 'again' | 'size';
}

export interface Standing {
  link: LinkState;
  ended: boolean;
  exitCode?: number;
  holder?: LeaseHolder;
  mine: boolean;
  /** The person's role lets them type. */
  may: boolean;
  /** It is an agent's pane. */
  agent: boolean;
  fits: boolean;
  /** Output came once, or the link has been live. */
  seen: boolean;
}

/** What the line below a pane says, if anything: the most important first. */
export function statusOf(it: Standing): Status | undefined {
  const s = t.terminal.status;
  if (it.link === 'gone') return { shape: 'quiet', text: s.gone, ...(it.agent ? {} : { offer: 'again' }) };
  if (it.link === 'revoked') return { shape: 'bad', text: s.revoked };
  if (it.link === 'refused') return { shape: 'bad', text: s.refused };
  if (it.link === 'lost' || (it.link === 'connecting' && it.seen)) return { shape: 'wait', text: s.lost };
  if (it.ended) {
    return {
      shape: it.exitCode ? 'bad' : 'quiet',
      text: s.ended(it.exitCode),
      ...(it.agent || !it.may ? {} : { offer: 'again' })
    };
  }
  if (it.link === 'connecting') return { shape: 'wait', text: s.connecting };
  if (it.mine && it.agent) return { shape: 'go', text: s.you, offer: 'back' };
  if (it.mine) return it.fits ? undefined : { shape: 'other', text: s.elsewhere, offer: 'size' };
  const holder = it.holder;
  const text = !holder
    ? s.free
    : holder.kind === 'agent'
      ? s.agent
      : s.other(holder.name ?? s.somebody);
  if (!it.may) return { shape: 'other', text: `${text} ${s.watching}` };
  return { shape: 'other', text, offer: holder ? 'take' : 'type' };
}
