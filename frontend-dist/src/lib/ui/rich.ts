import type { Token, Tokens } from 'marked';

/** A part of an answer: program text, or HTML that must still be sanitised. */
export type Block = { kind: 'code'; text: string } | { kind: 'html'; html: string };

type Marked = Pick<typeof import('marked'), 'Marked'>;
export type ToBlocks = (markdown: string) => Block[];

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign]!);

/** Whether an answer may lead there. */
export const isWebAddress = (href: string): boolean => /^https?:\/\//i.test(href);

/** HTML stays visible as the text it is, images are their words, only web addresses are links. */
export function markdown({ Marked }: Marked): ToBlocks {
  const marked = new Marked({ gfm: true, breaks: true });
  marked.use({
    renderer: {
      html: ({ text }: { text: string }) => escaped(text),
      image: ({ text }) => escaped(text),
      heading({ tokens, depth }) {
        const name = `h${Math.min(6, depth + 2)}`;
        return `<${name}>${this.parser.parseInline(tokens)}</${name}>`;
      },
      checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
      link({ href, tokens }) {
        const words = this.parser.parseInline(tokens);
        return isWebAddress(href)
          ? `<a href="${escaped(href)}" target="_blank" rel="noopener noreferrer">${words}</a>`
          : words;
      }
    }
  });
  return (text) => {
    const blocks: Block[] = [];
    for (const token of marked.lexer(text) as Token[]) {
      if (token.type === 'code') blocks.push({ kind: 'code', text: (token as Tokens.Code).text });
      else if (token.type !== 'space') {
        blocks.push({ kind: 'html', html: marked.parser([token]) });
      }
    }
    return blocks;
  };
}

const ALLOWED = {
  ALLOWED_TAGS: [
    'p', 'br', 'hr', 'strong', 'em', 'del', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'a',
    'h3', 'h4', 'h5', 'h6', 'table', 'thead', 'tbody', 'tr', 'th', 'td'
  ],
  ALLOWED_ATTR: ['href', 'target', 'rel', 'start', 'align'],
  ALLOWED_URI_REGEXP: /^https?:\/\//i
};

let loading: Promise<ToBlocks> | undefined;

/** Loads what makes safe HTML of Markdown, once. */
export function loadRich(): Promise<ToBlocks> {
  loading ??= Promise.all([import('marked'), import('dompurify')]).then(([marked, purify]) => {
    const toBlocks = markdown(marked);
    return (text) =>
      toBlocks(text).map((block) =>
        block.kind === 'html'
          ? { kind: 'html', html: purify.default.sanitize(block.html, ALLOWED) }
          : block
      );
  });
  loading.catch(() => (loading = undefined));
  return loading;
}

/** The text without the list of these items: buttons stand for it. */
export function withoutList(text: string, items: string[]): string {
  return text
    .split('\n')
    .filter((line) => !items.includes(line.replace(/^- /, '')))
    .join('\n')
    .trimEnd();
}
