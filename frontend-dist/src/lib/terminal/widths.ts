import type { IUnicodeVersionProvider } from '@xterm/xterm';

const NONE = /[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff]/u;
const TWO =
  /[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{17000}-\u{18cff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]/u;
const ZWJ = 0x200d;
const SOFT_HYPHEN = 0xad;
const isFlagLetter = (code: number) => code >= 0x1f1e6 && code <= 0x1f1ff;
const known = new Map<number, 0 | 1 | 2>();

function measure(code: number): 0 | 1 | 2 {
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return 0;
  if (code < 0x300) return 1;
  const character = String.fromCodePoint(code);
  if (NONE.test(character)) return 0;
  return TWO.test(character) && !isFlagLetter(code) ? 2 : 1;
}

function columns(code: number): 0 | 1 | 2 {
  if (code === SOFT_HYPHEN) return 1;
  let width = known.get(code);
  if (width === undefined) known.set(code, (width = measure(code)));
  return width;
}

/** What xterm.js keeps of a character for the next: bit 0 it joins, bits 1-2 its columns, above them a state. */
const pack = (state: number, width: number, joins: boolean) => (state << 3) | (width << 1) | Number(joins);

/**
 * Columns as tmux counts them, whose screen this is a picture of: an emoji takes two, a variation
 * selector changes nothing, an emoji after a zero width joiner joins. The addon for graphemes counts
 * ❤️, 1️⃣, 👍🏽 and Devanagari in another way, and the cursor would stand wrong.
 */
export const tmuxWidths: IUnicodeVersionProvider = {
  version: 'tmux',
  wcwidth: columns,
  charProperties(code, before) {
    const width = columns(code);
    const widthBefore = (before >> 1) & 3;
    const joins = before !== 0 && widthBefore > 0 && (width === 0 || (width === 2 && before >> 3 === 1));
    return pack(code === ZWJ ? 1 : 0, joins ? Math.max(widthBefore, width) : width, joins);
  }
};
