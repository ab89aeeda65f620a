import { expect, test } from 'vitest';
import { arrange, byGroup, chosen, type Entry } from '../src/lib/action/arrange';

const contains = (title: string, query: string, words: string[] = []) =>
  [title, ...words].some((text) => text.toLowerCase().includes(query.toLowerCase())) ? 0.5 : 0;

const entry = (id: string, group: string, more: Partial<Entry> = {}): Entry => ({
  id,
  title: id,
  group,
  ...more
});

const shape = (sections: { heading: string; entries: Entry[] }[]) =>
  sections.map(({ heading, entries }) => [heading, ...entries.map((e) => e.id)]);

test('without a query, what was chosen last comes first, and is not listed again', () => {
  const entries = [entry('a', 'One'), entry('b', 'Two'), entry('c', 'One')];
  expect(shape(arrange(entries, ' ', ['c', 'gone'], 'Recent', contains))).toEqual([
    ['Recent', 'c'],
    ['One', 'a'],
    ['Two', 'b']
  ]);
});

test('without a query, only the first five of many are listed; with one, all that match', () => {
  const many = Array.from({ length: 8 }, (_, i) => entry(`run ${i}`, 'Runs', { oneOfMany: true }));
  expect(arrange(many, '', [], 'Recent', contains)[0]?.entries).toHaveLength(5);
  expect(arrange(many, 'run', [], 'Recent', contains)[0]?.entries).toHaveLength(8);
});

test('a query keeps what matches by title, heading or words', () => {
  const entries = [
    entry('stop', 'Workspace'),
    entry('theme', 'Look', { words: 'colour' }),
    entry('chat', 'Go to')
  ];
  expect(shape(arrange(entries, 'colour', [], 'Recent', contains))).toEqual([['Look', 'theme']]);
  expect(shape(arrange(entries, 'workspace', [], 'Recent', contains))).toEqual([
    ['Workspace', 'stop']
  ]);
  expect(arrange(entries, 'nothing', [], 'Recent', contains)).toEqual([]);
});

test('of two equal matches, the one that was chosen before comes first', () => {
  const entries = [entry('stop one', 'Group'), entry('stop two', 'Group')];
  const found = arrange(entries, 'stop', ['stop two'], 'Recent', contains);
  expect(found[0]?.entries.map((e) => e.id)).toEqual(['stop two', 'stop one']);
});

test('a chosen id becomes the first and stays once', () => {
  expect(chosen(['a', 'b', 'c'], 'c')).toEqual(['c', 'a', 'b']);
  expect(chosen(Array.from({ length: 20 }, (_, i) => String(i)), 'new')).toHaveLength(20);
});

test('a screen’s own actions come before those of every screen', () => {
  const entries = [entry('look', 'Look'), entry('go', 'Go to'), entry('pause', 'Swarm')];
  expect(byGroup(entries, ['Go to', 'Look']).map((e) => e.id)).toEqual(['pause', 'go', 'look']);
});
