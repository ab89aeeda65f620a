import DOMPurify from 'dompurify';
import { Marked } from 'marked';

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const marked = new Marked({
  gfm: true,
  breaks: true,
  renderer: {
    // HTML of an answer is shown as the text that it is; an image as its description.
    html: ({ text }) => escaped(text),
    image: ({ text }) => escaped(text)
  }
});

const ALLOWED = {
  ALLOWED_TAGS: [
    ...['p', 'br', 'hr', 'strong', 'em', 'del', 'code', 'pre', 'blockquote', 'a'],
    ...['ul', 'ol', 'li', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
    ...['table', 'thead', 'tbody', 'tr', 'th', 'td']
  ],
  ALLOWED_ATTR: ['href', 'start', 'rel', 'target'],
  ALLOWED_URI_REGEXP: /^https?:\/\//i
};

DOMPurify.addHook('afterSanitizeAttributes', (node) => {
  if (node.tagName !== 'A') return;
  node.setAttribute('rel', 'noopener noreferrer');
  node.setAttribute('target', '_blank');
});

/** Markdown as HTML that is safe to show: no scripts, no images, links to http and https only. */
export function htmlOf(markdown: string): string {
  return DOMPurify.sanitize(marked.parse(markdown, { async: false }), ALLOWED);
}
