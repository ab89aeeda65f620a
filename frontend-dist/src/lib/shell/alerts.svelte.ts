import { untrack } from 'svelte';
import { goto } from '$app/navigation';
import { page } from '$app/state';
import type { Swarm } from '../api/types';
import type { Scope } from '../state/scope.svelte';
import { needing, swarmTitle } from '../state/titles';
import { t } from '../text';
import { alertsBetween, type Alert } from './alerts';
import { badge } from './badge';
import { notify } from './notify.svelte';

const looksAt = (swarmId: string) =>
  !document.hidden && location.pathname.endsWith(`/swarms/${swarmId}`);

function titleOf({ kind, role }: Alert): string {
  if (kind === 'needs') return t.shell.alerts.needs(role ?? '');
  return kind === 'completed' ? t.shell.alerts.completed : t.shell.alerts.failed;
}

/** Tells of what happens in the workspace's swarms while the person looks elsewhere. */
export function watchAlerts(scope: Scope): () => void {
  let before: Swarm[] | undefined;
  /** Swarms that ended and were not looked at since. */
  const unseen = new Set<string>();

  function count() {
    for (const id of unseen) if (looksAt(id)) unseen.delete(id);
    const needs = (before ?? []).filter((s) => !looksAt(s.id)).flatMap(needing).length;
    badge(needs + unseen.size);
  }

  function tell(alert: Alert) {
    const { swarm, agentId } = alert;
    if (looksAt(swarm.id)) return notify.told(alert.id);
    if (alert.kind !== 'needs') unseen.add(swarm.id);
    const agent = agentId ? `?agent=${encodeURIComponent(agentId)}` : '';
    const note = {
      id: alert.id,
      title: titleOf(alert),
      body: swarmTitle(swarm, scope.conversations),
      href: `/w/${scope.workspaceId}/swarms/${swarm.id}${agent}`
    };
    if (document.hidden) return void notify.send(note);
    notify.told(alert.id);
    void import('svelte-sonner').then(({ toast }) => {
      const options = {
        id: note.id,
        description: note.body,
        action: { label: t.shell.alerts.open, onClick: () => void goto(note.href) }
      };
      if (alert.kind === 'completed') toast.success(note.title, options);
      else if (alert.kind === 'failed') toast.error(note.title, options);
      else toast.warning(note.title, { ...options, duration: 20_000 });
    });
  }

  $effect(() => {
    const { swarms, loaded } = scope;
    if (!loaded) return;
    untrack(() => {
      const earlier = before;
      before = swarms;
      if (earlier) for (const alert of alertsBetween(earlier, swarms)) tell(alert);
      count();
    });
  });
  $effect(() => {
    void page.url.pathname;
    untrack(count);
  });
  document.addEventListener('visibilitychange', count);
  return () => {
    document.removeEventListener('visibilitychange', count);
    badge(0);
  };
}
