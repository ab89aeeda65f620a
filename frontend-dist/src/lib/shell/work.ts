import { goto } from '$app/navigation';
import { api } from '../api/client';
import type { Workspace } from '../api/types';
import { session } from '../state/session.svelte';
import { workspaces } from '../state/workspaces.svelte';
import { t } from '../text';
import { ask } from './ask.svelte';

export const mayChange = (w: Workspace | undefined): boolean => session.may('member', w?.teamId);

export const canStart = (w: Workspace | undefined): boolean =>
  mayChange(w) && (w?.state === 'STOPPED' || w?.state === 'FAILED');

export const canStop = (w: Workspace | undefined): boolean =>
  mayChange(w) && (w?.state === 'RUNNING' || w?.state === 'STARTING');

export const start = (w: Workspace) => workspaces.act(() => api.startWorkspace(w.id));

export function stop(w: Workspace): void {
  ask.confirm({
    title: t.shell.confirm.stopTitle(w.name),
    text: t.shell.confirm.stopText,
    yes: t.shell.confirm.stop,
    run: () => void workspaces.act(() => api.stopWorkspace(w.id))
  });
}

/** @param open whether it is the one that the page shows */
export function remove(w: Workspace, open: boolean): void {
  ask.confirm({
    title: t.shell.confirm.removeTitle(w.name),
    text: t.shell.confirm.removeText,
    yes: t.shell.confirm.remove,
    danger: true,
    run: async () => {
      if ((await workspaces.act(() => api.deleteWorkspace(w.id))) && open) {
        await goto(workspaces.all.length ? '/' : '/settings/workspaces');
      }
    }
  });
}
