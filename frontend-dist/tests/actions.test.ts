import { expect, test } from 'vitest';
import { actions, type Action } from '../src/lib/action/actions.svelte';

const action = (id: string, title: string, more: Partial<Action> = {}): Action => ({
  id,
  title,
  group: 'Test',
  run: () => {},
  ...more
});

test('an id is there once, by the action that was added last and can be done', () => {
  const stops = [
    actions.add(action('write', 'from the page'), action('other', 'other')),
    actions.add(action('write', 'from the panel'), action('other', 'not now', { when: () => false }))
  ];
  expect(actions.available.map((a) => a.title)).toEqual(['from the panel', 'other']);
  stops.forEach((stop) => stop());
  expect(actions.all).toEqual([]);
});
