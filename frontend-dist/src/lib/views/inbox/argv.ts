/** A part of a line: text, or a character that would not be seen as what it is. */
export interface Piece {
  text: string;
  /** `U+202E`; absent for text. */
  code?: string;
}

// Control characters, marks that turn the writing direction, and those of no width.
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u;

/** The text in pieces, so that nothing in it is hidden. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  for (const character of text) {
    if (UNSEEN.test(character) && character !== '\n') {
      const code = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
      found.push({ text: code, code });
    } else if (found.at(-1)?.code === undefined && found.length) {
      found.at(-1)!.text += character;
    } else {
      found.push({ text: character });
    }
  }
  return found;
}

const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** An argv as a line for a shell; of `sh -c LINE` the line itself. */
export function line(argv: string[]): string {
  if (argv.length === 3 && argv[0] === 'sh' && argv[1] === '-c') return argv[2]!;
  return argv.map((one) => (PLAIN.test(one) ? one : `'${one.replaceAll("'", `'\\''`)}'`)).join(' ');
}
