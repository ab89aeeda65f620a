// Safe text of a known width. Data never drives the terminal: what is no printable character is drawn as one.
import { writeSync } from 'node:fs';

const plain = process.env.NO_COLOR !== undefined || process.env.TERM === 'dumb';
const paint = (code) => (text) => (plain || text === '' ? text : `\u001b[${code}m${text}\u001b[0m`);

export const bold = paint('1');
export const dim = paint('2');
export const red = paint('31');
export const green = paint('32');
export const yellow = paint('33');
export const magenta = paint('35');
export const cyan = paint('36');

/** Columns of the pane now; it may be resized at any time. */
export const columns = () => Math.max(20, process.stdout.columns || 80);

/** Writes whole lines, also to a pipe that is full for a while. */
export function print(lines) {
  let rest = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if (error.code === 'EPIPE' || error.code === 'EIO') return;
      if (error.code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

// Controls, and what is not seen but changes how the rest is read: direction marks, separators, tags, lone surrogates.
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|\p{Cs}/gu;

/** One line in which nothing is hidden: tab as two blanks, escape as ␛, others by their number. */
export function visible(text) {
  return String(text).replaceAll('\t', '  ').replace(HIDDEN, (found) => {
    const code = found.codePointAt(0);
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    if (code === 0x7f) return '\u2421';
    return `\\u{${code.toString(16)}}`;
  });
}

const ZERO = /^[\p{Mn}\p{Me}\u200c\u200d\ufe00-\ufe0f]$/u;
const WIDE =
  /^[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1b000}-\u{1b2ff}\u{1f1e6}-\u{1f1ff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}]|^\p{Emoji_Presentation}/u;

function columnsOf(character) {
  if (character.length === 1 && character.charCodeAt(0) < 0x300) return 1;
  if (ZERO.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

export function width(text) {
  let sum = 0;
  for (const character of text) sum += columnsOf(character);
  return sum;
}

/** Cuts to `limit` columns. */
export function clip(text, limit) {
  // What is far outside is not measured: a line may have megabytes.
  const near = text.slice(0, limit * 8);
  const safe = visible(near);
  return near.length === text.length && width(safe) <= limit ? safe : `${head(safe, limit - 1)}…`;
}

function head(safe, limit) {
  let used = 0;
  let taken = '';
  for (const character of safe) {
    used += columnsOf(character);
    if (used > limit) break;
    taken += character;
  }
  return taken;
}

/** Breaks at blanks; a word that is too long is cut into pieces, so that nothing is lost. */
export function wrap(text, limit) {
  const lines = [];
  for (const paragraph of String(text).replace(/\r\n/g, '\n').split('\n')) {
    const safe = visible(paragraph).trimEnd();
    if (width(safe) <= limit) {
      lines.push(safe);
      continue;
    }
    const indent = /^ */.exec(safe)[0].slice(0, Math.floor(limit / 2));
    let line = indent;
    for (let word of safe.trimStart().split(/ +/)) {
      if (line.trim() && width(line) + 1 + width(word) > limit) {
        lines.push(line);
        line = indent;
      }
      if (line.trim()) line += ' ';
      while (width(line) + width(word) > limit) {
        const piece = head(word, Math.max(2, limit - width(line)));
        lines.push(line + piece);
        word = word.slice(piece.length);
        line = indent;
      }
      line += word;
    }
    lines.push(line);
  }
  return lines;
}

/** Cuts into pieces of `limit` columns, as a terminal does; blanks stay. */
export function pieces(text, limit) {
  const cut = [];
  for (let rest = visible(text); cut.length === 0 || rest !== ''; rest = rest.slice(cut.at(-1).length)) cut.push(head(rest, limit));
  return cut;
}
