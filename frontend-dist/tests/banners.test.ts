import { expect, test } from 'vitest';
import type { Workspace } from '../src/lib/api/types';
import { bannersOf, type Facts } from '../src/lib/shell/banners';

const workspace = (state: Workspace['state']): Workspace => ({
  id: 'w',
  name: 'shop',
  teamId: 't',
  state,
  isolation: 'namespaces',
  createdAt: '2026-01-01T00:00:00Z'
});

const WELL: Facts = {
  reach: 'online',
  lastKnown: undefined,
  degraded: [],
  starting: false,
  workspace: workspace('RUNNING'),
  link: 'live',
  member: true,
  update: false,
  offer: false
};

const ids = (facts: Partial<Facts>) => bannersOf({ ...WELL, ...facts }).map((b) => b.id);

test('nothing is said while all is well', () => {
  expect(ids({})).toEqual([]);
});

test('offline says of when the state is', () => {
  const [banner] = bannersOf({ ...WELL, reach: 'offline', lastKnown: new Date(2026, 0, 2, 14, 3) });
  expect(banner?.id).toBe('offline');
  expect(banner?.more?.[0]).toContain('03');
});

test('whoever is not reached is not also told which services are away', () => {
  expect(ids({ reach: 'silent', degraded: ['terminal'] })).toEqual(['silent']);
});

test('a degraded service says what still works; an unknown one that it restarts', () => {
  const [banner] = bannersOf({ ...WELL, degraded: ['terminal', 'collaboration'] });
  expect(banner?.text).toContain('terminals, collaboration');
  expect(banner?.more?.[0]).toContain('plans and swarms go on');
  expect(banner?.more?.[1]).toContain('collaboration');
});

test('one degraded service needs no heading', () => {
  const [banner] = bannersOf({ ...WELL, degraded: ['terminal'] });
  expect(banner?.text).toContain('plans and swarms go on');
  expect(banner?.more).toBeUndefined();
});

test('services that have never been ready are starting, not degraded', () => {
  expect(ids({ degraded: ['terminal'], starting: true })).toEqual(['starting']);
});

test.each([
  ['STARTING', 'moving', undefined],
  ['STOPPING', 'moving', undefined],
  ['STOPPED', 'stopped', 'start'],
  ['FAILED', 'failed', 'start']
] as const)('a workspace that is %s shows %s', (state, id, action) => {
  const [banner] = bannersOf({ ...WELL, workspace: workspace(state) });
  expect(banner?.id).toBe(id);
  expect(banner?.action?.kind).toBe(action);
});

test('a viewer is told so, and is not offered to start', () => {
  const found = bannersOf({ ...WELL, workspace: workspace('STOPPED'), member: false });
  expect(found.map((b) => [b.id, b.action])).toEqual([
    ['stopped', undefined],
    ['viewer', undefined]
  ]);
});

test('an update comes last', () => {
  expect(ids({ degraded: ['auth'], update: true })).toEqual(['degraded', 'update']);
});

test('the offer of notifications waits until nothing else floats', () => {
  expect(ids({ offer: true, update: true })).toEqual(['update']);
  expect(ids({ offer: true, member: false })).toEqual(['viewer', 'offer']);
});
