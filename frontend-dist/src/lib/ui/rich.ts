/** The little of Markdown that answers use: paragraphs, lists, headings, code, bold. Never HTML. */

export interface Span {
  kind: 'text' | 'bold' | 'code';
  text: string;
}

export type Block =
  | { kind: 'paragraph' | 'heading'; spans: Span[] }
  | { kind: 'list'; items: Span[][] }
  | { kind: 'code'; text: string };

export function spansOf(text: string): Span[] {
  return text
    .split(/(\*\*[^*]+\*\*|`[^`]+`)/)
    .filter((part) => part !== '')
    .map((part) => {
      if (/^\*\*[^*]+\*\*$/.test(part)) return { kind: 'bold', text: part.slice(2, -2) };
      if (/^`[^`]+`$/.test(part)) return { kind: 'code', text: part.slice(1, -1) };
      return { kind: 'text', text: part };
    });
}

export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let fence: string[] | undefined;
  let fresh = true;
  for (const line of text.split('\n')) {
    const last = blocks.at(-1);
    if (line.startsWith('```')) {
      if (fence) blocks.push({ kind: 'code', text: fence.join('\n') });
      fence = fence ? undefined : [];
    } else if (fence) {
      fence.push(line);
    } else if (line.trim() === '') {
      fresh = true;
      continue;
    } else if (/^\s*([-*]|\d+\.) /.test(line)) {
      const item = spansOf(line.replace(/^\s*([-*]|\d+\.) /, ''));
      if (last?.kind === 'list' && !fresh) last.items.push(item);
      else blocks.push({ kind: 'list', items: [item] });
    } else if (/^#{1,4} /.test(line)) {
      blocks.push({ kind: 'heading', spans: spansOf(line.replace(/^#+ /, '')) });
    } else if (last?.kind === 'paragraph' && !fresh) {
      last.spans.push({ kind: 'text', text: '\n' }, ...spansOf(line));
    } else {
      blocks.push({ kind: 'paragraph', spans: spansOf(line) });
    }
    fresh = false;
  }
  if (fence) blocks.push({ kind: 'code', text: fence.join('\n') });
  return blocks;
}

/** The text without the list of these items: buttons stand for it. */
export function withoutList(text: string, items: string[]): string {
  return text
    .split('\n')
    .filter((line) => !items.includes(line.replace(/^- /, '')))
    .join('\n')
    .trimEnd();
}
