import type { Scope } from '../state/scope.svelte';
import { swarmTitle } from '../state/titles';
import { t } from '../text';

export interface Crumb {
  href: string;
  name: string;
}

type Known = Pick<Scope, 'workspaceId' | 'conversations' | 'swarms'>;

/** The way from the workspace to what the page shows. */
export function crumbs(
  pathname: string,
  params: Record<string, string | undefined>,
  scope: Known | undefined
): Crumb[] {
  if (pathname.startsWith('/needs')) return [{ href: '/needs', name: t.inbox.title }];
  if (!scope) {
    const section = params.section;
    const name = section && (t.settings.sections as Record<string, string>)[section];
    const root = { href: '/settings', name: t.shell.settings };
    return name ? [root, { href: `/settings/${section}`, name }] : [root];
  }
  const base = `/w/${scope.workspaceId}`;
  if (pathname.startsWith(`${base}/chat`)) {
    const open = scope.conversations.find((c) => c.id === params.conversation);
    const root = { href: `${base}/chat`, name: t.shell.chat };
    return open?.title ? [root, { href: `${base}/chat/${open.id}`, name: open.title }] : [root];
  }
  if (pathname.startsWith(`${base}/swarms`)) {
    const open = scope.swarms.find((s) => s.id === params.swarm);
    const root = { href: `${base}/swarms`, name: t.shell.runs };
    if (!open) return [root];
    return [root, { href: `${base}/swarms/${open.id}`, name: swarmTitle(open, scope.conversations) }];
  }
  if (pathname.startsWith(`${base}/terminal`)) {
    return [{ href: `${base}/terminal`, name: t.shell.terminal }];
  }
  return [];
}
