import { expect, test } from 'vitest';
import type { Swarm } from '../src/lib/api/types';
import { crumbs } from '../src/lib/shell/crumbs';

const scope = {
  workspaceId: 'w',
  conversations: [{ id: 'c', workspaceId: 'w', title: 'A book shop', createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z' }],
  swarms: [{ id: 's', conversationId: 'c' } as Swarm]
};

const names = (path: string, params: Record<string, string>, known?: typeof scope) =>
  crumbs(path, params, known).map((c) => c.name);

test('a conversation and a swarm are named by their title', () => {
  expect(names('/w/w/chat/c', { conversation: 'c' }, scope)).toEqual(['Chat', 'A book shop']);
  expect(names('/w/w/swarms/s', { swarm: 's' }, scope)).toEqual(['Runs', 'A book shop']);
});

test('what is not known yet is left out', () => {
  expect(names('/w/w/chat/x', { conversation: 'x' }, scope)).toEqual(['Chat']);
  expect(names('/w/w/swarms', {}, scope)).toEqual(['Runs']);
  expect(names('/w/w', {}, scope)).toEqual([]);
});

test('settings need no workspace', () => {
  expect(names('/settings', {})).toEqual(['Settings']);
  expect(names('/settings/team', { section: 'team' })).toEqual(['Settings', 'Team']);
  expect(names('/settings/nothing', { section: 'nothing' })).toEqual(['Settings']);
});
