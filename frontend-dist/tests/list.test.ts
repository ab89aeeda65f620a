import { expect, it } from 'vitest';
import { withoutList } from '../src/lib/views/chat/list';

it('leaves out the list that buttons stand for, and nothing else', () => {
  const text = 'Is it one of these?\n\n- a web app\n- a tool';
  expect(withoutList(text, ['a web app', 'a tool'])).toBe('Is it one of these?');
  expect(withoutList('What works:\n- a web app: nice', ['a web app'])).toBe('What works:\n- a web app: nice');
});
