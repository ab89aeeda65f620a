import { expect, test } from 'vitest';
import { told } from '../src/lib/api/http';

const wrong = (field: string, message: string) => told({ field, code: 'x', message });

test('a field of a task is told by its name and the number that the page shows', () => {
  expect(wrong('tasks[6].title', 'tasks[6].title is required.')).toBe('Title of task 7 is required.');
  expect(wrong('tasks[0].acceptance[2].command', 'tasks[0].acceptance[2].command is required.')).toBe(
    'A check of task 1 is required.'
  );
  expect(wrong('tasks[1]', 'tasks[1] is no object.')).toBe('Task 2 is no object.');
});

test('a field of a form is told by its label, one without a label as the server says it', () => {
  expect(wrong('displayName', 'displayName is required.')).toBe('Name is required.');
  expect(wrong('depth', 'depth is required.')).toBe('depth is required.');
});

test('a message that does not begin with its field stays', () => {
  expect(wrong('tasks[6].role', 'A role is one of these.')).toBe('A role is one of these.');
});
