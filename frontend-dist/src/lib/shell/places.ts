import type { Place } from '../action/places.svelte';
import type { Scope } from '../state/scope.svelte';
import { isOver, moment, needing, swarmTitle } from '../state/titles';
import { workspaces } from '../state/workspaces.svelte';
import { t } from '../text';

const { groups } = t.keys;

/** Where the palette leads within the open workspace: the newest first, what needs a person before all. */
export function placesOf(scope: Scope): Place[] {
  const base = `/w/${scope.workspaceId}`;
  const swarms = scope.swarms.toReversed();
  swarms.sort((a, b) => urgency(b) - urgency(a));
  return [
    ...swarms.map((swarm) => ({
      id: `swarm:${swarm.id}`,
      title: swarmTitle(swarm, scope.conversations),
      group: groups.swarms,
      href: `${base}/swarms/${swarm.id}`,
      hint: swarm.startedAt ? moment(swarm.startedAt) : undefined,
      state: needing(swarm).length ? ('NEEDS_YOU' as const) : swarm.state
    })),
    ...scope.conversations.toReversed().map((c) => ({
      id: `conversation:${c.id}`,
      title: c.title || moment(c.createdAt),
      group: groups.conversations,
      href: `${base}/chat/${c.id}`,
      hint: moment(c.createdAt)
    })),
    ...workspacePlaces(scope.workspaceId)
  ];
}

function urgency(swarm: Parameters<typeof needing>[0]): number {
  if (needing(swarm).length) return 2;
  return isOver(swarm) ? 0 : 1;
}

/** @param open the workspace that is open, left out */
export function workspacePlaces(open?: string): Place[] {
  return workspaces.all
    .filter((w) => w.id !== open)
    .map((w) => ({
      id: `workspace:${w.id}`,
      title: w.name,
      group: groups.workspaces,
      href: `/w/${w.id}/chat`,
      state: w.state
    }));
}

/** The pages of the settings. */
export function settingsPlaces(): Place[] {
  return Object.entries(t.settings.sections).map(([section, title]) => ({
    id: `settings:${section}`,
    title: `${t.shell.settings}: ${title}`,
    group: groups.settings,
    href: `/settings/${section}`
  }));
}
