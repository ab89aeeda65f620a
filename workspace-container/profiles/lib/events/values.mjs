// What programs send is not always what they say they send.
import { relative } from 'node:path';

export const words = (value) =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

export const list = (value) => (Array.isArray(value) ? value : []);

export const count = (value) => (Number.isFinite(value) ? value : 0);

/** As seen from the clone, if it lies there. */
export function near(path, cwd) {
  const way = relative(cwd, words(path));
  return way === '' || way.startsWith('..') ? words(path) : way;
}

const INTERESTING = ['description', 'file_path', 'filePath', 'path', 'pattern', 'query', 'url', 'name', 'subject', 'prompt'];

/** The arguments of a tool in a few words. */
export function about(input, cwd) {
  if (input === null || typeof input !== 'object') return words(input);
  const key = INTERESTING.find((name) => typeof input[name] === 'string' && input[name] !== '');
  if (!key) return Object.keys(input).length === 0 ? '' : words(input);
  return /path$/i.test(key) ? near(input[key], cwd) : input[key];
}

/** The changed lines of a unified diff, with their signs. */
export function changes(patch) {
  const lines = words(patch).split('\n');
  const first = lines.findIndex((line) => line.startsWith('@@'));
  const diff = first < 0 ? [] : lines.slice(first + 1).filter((line) => /^[+-]/.test(line));
  return { diff, added: diff.filter((line) => line.startsWith('+')).length, removed: diff.filter((line) => line.startsWith('-')).length };
}

const STATES = { completed: 'done', done: 'done', in_progress: 'active' };

export const state = (word) => STATES[word] ?? 'open';
