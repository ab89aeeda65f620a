/** A unified diff as git writes it, file by file. */
export interface ChangedFile {
  path: string;
  /** The path before, where it was renamed or copied. */
  from?: string;
  kind: 'added' | 'deleted' | 'renamed' | 'copied' | 'changed';
  binary: boolean;
  added: number;
  deleted: number;
  /** Lines to show, with the headings of the blocks. */
  lines: DiffLine[];
}

export interface DiffLine {
  kind: 'block' | 'add' | 'delete' | 'same';
  text: string;
  before?: number;
  after?: number;
}

const ESCAPES: Record<string, number> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 34, '\\': 92 };

/** A path as git quotes it (`core.quotePath`): bytes in octal, in UTF-8. A path without a backslash is not quoted. */
export function unquoted(path: string): string {
  if (!path.includes('\\')) return path;
  const inner = path.replace(/(^|[^\\])"$/, '$1');
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (const [, octal, escape, text] of inner.matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/g)) {
    if (octal) bytes.push(parseInt(octal, 8));
    else if (escape) bytes.push(ESCAPES[escape] ?? escape.charCodeAt(0));
    else bytes.push(...encoder.encode(text));
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

/** Reads a diff; the parser comes with the first one. */
export async function filesOf(diff: string): Promise<ChangedFile[]> {
  const { parse } = await import('diff2html/lib-esm/diff-parser');
  // The parser takes a lone carriage return for the end of a line; shown, it stays in its line.
  return parse(diff.replaceAll('\r', '\u240d')).map((file) => {
    const before = unquoted(file.oldName);
    const after = unquoted(file.newName);
    const kind = file.isNew
      ? 'added'
      : file.isDeleted
        ? 'deleted'
        : file.isRename
          ? 'renamed'
          : file.isCopy
            ? 'copied'
            : 'changed';
    return {
      path: kind === 'deleted' ? before : after,
      ...(kind === 'renamed' || kind === 'copied' ? { from: before } : {}),
      kind,
      binary: file.isBinary ?? false,
      added: file.addedLines,
      deleted: file.deletedLines,
      lines: file.blocks.flatMap((block): DiffLine[] => [
        { kind: 'block', text: block.header },
        ...block.lines.map((line): DiffLine => ({
          kind: line.type === 'insert' ? 'add' : line.type === 'delete' ? 'delete' : 'same',
          text: line.content.slice(1),
          before: line.oldNumber,
          after: line.newNumber
        }))
      ])
    };
  });
}

export const linesIn = (files: readonly ChangedFile[]) =>
  files.reduce((sum, file) => sum + file.lines.length, 0);
