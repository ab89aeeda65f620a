/** Output of a program as pieces of text with a look, after ECMA-48's "select graphic rendition". Never HTML. */
export interface Piece {
  text: string;
  /** Names of classes, separated by spaces; empty for plain text. */
  look: string;
}

const SEQUENCE =
  /\x1b(?:\[([0-?]*)[ -/]*([@-~])|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x1b]*\x1b\\|[ -/]*[0-~])/g;
const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

interface Rendition {
  colour: string;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
}

const PLAIN: Rendition = { colour: '', bold: false, dim: false, italic: false, underline: false };

const lookOf = (r: Rendition) =>
  [
    r.colour && `ansi-${r.colour}`,
    r.bold && 'ansi-bold',
    r.dim && 'ansi-dim',
    r.italic && 'ansi-italic',
    r.underline && 'ansi-underline'
  ]
    .filter(Boolean)
    .join(' ');

const indexed = (n: number) => (n < 8 ? COLOURS[n]! : n < 16 ? `bright-${COLOURS[n - 8]}` : '');

/** Colours beyond the sixteen that the theme has are left out: they could not be read in every theme. */
function rendered(now: Rendition, parameters: string): Rendition {
  let next = { ...now };
  const codes = parameters.split(/[;:]/).map(Number);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    if (code === 0) next = { ...PLAIN };
    else if (code === 1) next.bold = true;
    else if (code === 2) next.dim = true;
    else if (code === 3) next.italic = true;
    else if (code === 4) next.underline = true;
    else if (code === 22) next.bold = next.dim = false;
    else if (code === 23) next.italic = false;
    else if (code === 24) next.underline = false;
    else if (code === 39) next.colour = '';
    else if (code >= 30 && code <= 37) next.colour = indexed(code - 30);
    else if (code >= 90 && code <= 97) next.colour = indexed(code - 82);
    else if (code === 38 || code === 48) {
      const indexes = codes[i + 1] === 5;
      if (code === 38) next.colour = indexes ? indexed(codes[i + 2] ?? 16) : '';
      i += indexes ? 2 : codes[i + 1] === 2 ? 4 : 0;
    }
  }
  return next;
}

/** The lines of an output; of a line that was drawn over, what stood there last. */
export function linesOf(output: string): Piece[][] {
  const lines: Piece[][] = [];
  let line: Piece[] = [];
  let now = PLAIN;
  let returned = false;
  const put = (text: string) => {
    text.split('\n').forEach((part, i) => {
      if (i > 0) {
        lines.push(line);
        line = [];
        returned = false;
      }
      part.split('\r').forEach((piece, j) => {
        if (j > 0) returned = true;
        if (!piece) return;
        if (returned) line = [];
        returned = false;
        line.push({ text: piece, look: lookOf(now) });
      });
    });
  };
  let from = 0;
  for (const match of output.matchAll(SEQUENCE)) {
    put(output.slice(from, match.index));
    if (match[2] === 'm') now = rendered(now, match[1] ?? '');
    from = match.index + match[0].length;
  }
  put(output.slice(from));
  if (line.length) lines.push(line);
  return lines;
}
