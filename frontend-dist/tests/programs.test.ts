import { beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../src/lib/api/http';
import type { Adapter, Provider } from '../src/lib/api/types';
import { Programs } from '../src/lib/state/programs.svelte';

const server = vi.hoisted(() => ({ asked: 0, away: false }));
const codex: Adapter = { id: 'codex', title: 'Codex', kind: 'command', label: 'structured', wire: 'responses', asks: false, ready: true };
const own: Adapter = { id: 'own', title: 'Own', kind: 'command', label: 'observed', asks: false, ready: true };
const provider = (name: string, wires: Provider['wires'], ...models: string[]): Provider => ({
  id: name,
  teamId: 't',
  name,
  wires,
  url: 'http://x',
  hasKey: false,
  models: models.map((one) => ({ name: one }))
});

vi.mock('../src/lib/api/client', () => ({
  api: {
    adapters: async () => {
      server.asked++;
      if (server.away) throw new ApiError(503, 'away', 'later');
      return [codex, own];
    },
    providers: async () => [provider('local', ['chat'], 'q'), provider('openai', ['chat', 'responses'], 'x', 'y')]
  }
}));

beforeEach(() => Object.assign(server, { asked: 0, away: false }));

test('a program finds the models of providers that speak as it does', async () => {
  const programs = new Programs('w', () => 't');
  await programs.look();
  expect(programs.byId('codex')).toEqual(codex);
  expect(programs.byId(undefined)).toBeUndefined();
  expect(programs.modelsFor(codex)).toEqual(['openai/x', 'openai/y']);
  expect(programs.modelsFor({ ...codex, wire: 'messages' })).toEqual([]);
  expect(programs.modelsFor(own)).toEqual([]);
});

test('those who ask together are answered once, and later ones anew', async () => {
  const programs = new Programs('w', () => 't');
  await Promise.all([programs.look(), programs.look()]);
  expect(server.asked).toBe(1);
  programs.need();
  expect(server.asked).toBe(1);
  await programs.look();
  expect(server.asked).toBe(2);
});

test('a failure is told, and what was known stays', async () => {
  const programs = new Programs('w', () => 't');
  await programs.look();
  server.away = true;
  await programs.look();
  expect(programs.error?.status).toBe(503);
  expect(programs.adapters).toHaveLength(2);
  server.away = false;
  await programs.look();
  expect(programs.error).toBeUndefined();
});
