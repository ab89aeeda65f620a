import { expect, it } from 'vitest';
import { blocksOf, withoutList } from '../src/lib/ui/rich';

it('reads paragraphs, lists and code', () => {
  const text = 'Here is **bold** and `code`.\n\n- one\n- **two**\n\n```\n- raw\n```\nend';
  expect(blocksOf(text)).toEqual([
    {
      kind: 'paragraph',
      spans: [
        { kind: 'text', text: 'Here is ' },
        { kind: 'bold', text: 'bold' },
        { kind: 'text', text: ' and ' },
        { kind: 'code', text: 'code' },
        { kind: 'text', text: '.' }
      ]
    },
    { kind: 'list', items: [[{ kind: 'text', text: 'one' }], [{ kind: 'bold', text: 'two' }]] },
    { kind: 'code', text: '- raw' },
    { kind: 'paragraph', spans: [{ kind: 'text', text: 'end' }] }
  ]);
});

it('keeps what is not Markdown, and never makes HTML of it', () => {
  const text = '<img src=x onerror=alert(1)> 2 * 3 ** 4 `';
  expect(blocksOf(text)).toEqual([{ kind: 'paragraph', spans: [{ kind: 'text', text }] }]);
});

it('leaves out the list that buttons stand for, and nothing else', () => {
  const text = 'Is it one of these?\n\n- a web app\n- a tool';
  expect(withoutList(text, ['a web app', 'a tool'])).toBe('Is it one of these?');
  expect(withoutList('What works:\n- a web app: nice', ['a web app'])).toBe('What works:\n- a web app: nice');
});
