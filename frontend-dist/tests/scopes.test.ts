import { expect, test } from 'vitest';
import { scopesOf } from '../src/lib/views/settings/scopes';

test('an area is its own scope, reading it is one within', () => {
  expect(scopesOf({ workspace: 'all', terminal: 'read', swarm: 'none' })).toEqual([
    'workspace',
    'terminal:view'
  ]);
  expect(scopesOf({})).toEqual([]);
});
