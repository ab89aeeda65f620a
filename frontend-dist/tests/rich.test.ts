import * as marked from 'marked';
import { expect, it } from 'vitest';
import { isWebAddress, markdown, withoutList } from '../src/lib/ui/rich';

const blocks = markdown(marked);
const html = (text: string) =>
  blocks(text)
    .map((b) => (b.kind === 'html' ? b.html.trim() : `[${b.text}]`))
    .join('\n');

it('reads paragraphs, lists, headings and code', () => {
  expect(html('# Big\nHere is **bold** and `code`.\n\n- one\n- two\n\n```js\nraw\n```\nend')).toBe(
    [
      '<h3>Big</h3>',
      '<p>Here is <strong>bold</strong> and <code>code</code>.</p>',
      '<ul>\n<li>one</li>\n<li>two</li>\n</ul>',
      '[raw]',
      '<p>end</p>'
    ].join('\n')
  );
});

it('shows HTML as text and never as HTML', () => {
  const said = html('a <b onclick=x>bold</b>\n\n<img src=x onerror=alert(1)>\n\n<script>alert(1)</script>');
  expect(said).not.toMatch(/<(b|img|script)/);
  expect(said).toContain('&lt;img src=x onerror=alert(1)&gt;');
});

it('loads no image, and follows web addresses only', () => {
  expect(html('![a cat](https://example.org/cat.png)')).toBe('<p>a cat</p>');
  expect(html('[x](javascript:alert(1)) [y](/w/1) [z](data:text/html,a)')).toBe('<p>x y z</p>');
  expect(html('[x](https://example.org/?a="b)')).toContain('rel="noopener noreferrer"');
  expect(isWebAddress('https://example.org')).toBe(true);
  expect(isWebAddress('javascript:https://')).toBe(false);
});

it('reads code that is still being written', () => {
  expect(blocks('See:\n```\nconst a = 1;').at(-1)).toEqual({ kind: 'code', text: 'const a = 1;' });
});

it('leaves out the list that buttons stand for, and nothing else', () => {
  const text = 'Is it one of these?\n\n- a web app\n- a tool';
  expect(withoutList(text, ['a web app', 'a tool'])).toBe('Is it one of these?');
  expect(withoutList('What works:\n- a web app: nice', ['a web app'])).toBe('What works:\n- a web app: nice');
});
