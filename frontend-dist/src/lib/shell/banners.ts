import type { Workspace } from '../api/types';
import type { LinkState } from '../events/link';
import { moment } from '../state/titles';
import { t } from '../text';

export type BannerAction = 'start' | 'reload' | 'notify';

/** Something that a person should know about the whole page. */
export interface Banner {
  id: string;
  tone: 'quiet' | 'wait' | 'bad' | 'hold';
  text: string;
  /** More lines below it. */
  more?: string[];
  action?: { kind: BannerAction; name: string };
  /** Part of the page while it holds; the others float over it, so that nothing moves. */
  fixed?: boolean;
}

export interface Facts {
  reach: 'online' | 'offline' | 'silent';
  lastKnown: Date | undefined;
  degraded: string[];
  starting: boolean;
  workspace: Workspace | undefined;
  link: LinkState | undefined;
  /** Whether the person may change something in the workspace. */
  member: boolean;
  update: boolean;
  /** Whether to ask about notifications: something is under way that they could tell of. */
  offer: boolean;
}

export function bannersOf(facts: Facts): Banner[] {
  const found = [...ofServer(facts), ...ofWorkspace(facts), ...ofUpdate(facts)];
  // A question waits until nothing else is to be said.
  return found.some((banner) => !banner.fixed) ? found : [...found, ...ofOffer(facts)];
}

function ofServer({ reach, lastKnown, degraded, starting }: Facts): Banner[] {
  const b = t.shell.banner;
  if (reach !== 'online') {
    const more = lastKnown ? [b.known(moment(lastKnown))] : undefined;
    return [{ id: reach, tone: 'bad', text: b[reach], more }];
  }
  if (!degraded.length) return [];
  if (starting) return [{ id: 'starting', tone: 'quiet', text: b.starting }];
  const more = degraded.map((name) => b.services[name] ?? b.service(name));
  if (more.length === 1) return [{ id: 'degraded', tone: 'wait', text: more[0]! }];
  return [{ id: 'degraded', tone: 'wait', text: b.degraded(degraded.map((name) => b.names[name] ?? name).join(', ')), more }];
}

function ofWorkspace({ workspace, link, member }: Facts): Banner[] {
  if (!workspace) return [];
  const b = t.shell.banner;
  const found: Banner[] = [];
  const start = (name: string) => (member ? { kind: 'start' as const, name } : undefined);
  switch (workspace.state) {
    case 'REQUESTED':
    case 'STARTING':
      found.push({ id: 'moving', tone: 'quiet', text: b.workspaceStarting });
      break;
    case 'STOPPING':
      found.push({ id: 'moving', tone: 'quiet', text: b.workspaceStopping });
      break;
    case 'STOPPED': {
      const more = workspace.reason ? [workspace.reason] : undefined;
      const action = start(t.shell.start);
      found.push({ id: 'stopped', tone: 'hold', text: b.workspaceStopped, more, action, fixed: true });
      break;
    }
    case 'FAILED': {
      const more = workspace.reason ? [workspace.reason] : undefined;
      const action = start(b.again);
      found.push({ id: 'failed', tone: 'bad', text: b.workspaceFailed, more, action, fixed: true });
    }
  }
  if (link === 'revoked') found.push({ id: 'revoked', tone: 'bad', text: b.revoked, fixed: true });
  else if (!member) found.push({ id: 'viewer', tone: 'quiet', text: b.viewer, fixed: true });
  return found;
}

function ofUpdate({ update }: Facts): Banner[] {
  const b = t.shell.banner;
  const action = { kind: 'reload' as const, name: b.reload };
  return update ? [{ id: 'update', tone: 'hold', text: b.update, action }] : [];
}

function ofOffer({ offer }: Facts): Banner[] {
  const { alerts } = t.shell;
  const action = { kind: 'notify' as const, name: alerts.offerYes };
  return offer ? [{ id: 'offer', tone: 'quiet', text: alerts.offer, action, fixed: true }] : [];
}
