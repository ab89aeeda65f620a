// What a watcher of the pane sees: 80 columns, colour, nothing that pretends.
import { writeSync } from 'node:fs';

const WIDTH = 80;
const plain = process.env.NO_COLOR !== undefined || process.env.TERM === 'dumb';
const paint = (code) => (text) => (plain ? text : `\u001b[${code}m${text}\u001b[0m`);

export const bold = paint('1');
export const dim = paint('2');
export const red = paint('31');
export const green = paint('32');
export const yellow = paint('33');
export const blue = paint('34');
export const magenta = paint('35');
export const cyan = paint('36');

/** Writes one line, whole, also to a full pipe. */
export function line(text = '') {
  let rest = Buffer.from(`${text}\n`);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}

export function banner(title, subtitle) {
  line(cyan('━'.repeat(WIDTH)));
  line(` ${bold(clip(title, WIDTH - 2))}`);
  if (subtitle) line(` ${dim(clip(subtitle, WIDTH - 2))}`);
  line(cyan('━'.repeat(WIDTH)));
}

export function heading(text, why = '') {
  const shown = clip(text, WIDTH - 2);
  line();
  line(`${cyan('▸')} ${bold(shown)}${why ? dim(`  ${clip(why, Math.max(1, WIDTH - 4 - shown.length))}`) : ''}`);
}

export function note(text) {
  for (const part of wrap(text, WIDTH - 2)) line(`  ${part}`);
}

export const good = (text) => line(`${green('✓')} ${clip(text, WIDTH - 2)}`);
export const bad = (text) => line(`${red('✗')} ${clip(text, WIDTH - 2)}`);

/** One line of a file as it is written, with its number. */
export function codeLine(number, text) {
  line(`${dim(String(number).padStart(4))} ${dim('│')} ${highlight(clip(text, WIDTH - 7))}`);
}

export function diffLine(text) {
  const clipped = clip(text, WIDTH - 2);
  if (text.startsWith('+')) line(`  ${green(clipped)}`);
  else if (text.startsWith('-')) line(`  ${red(clipped)}`);
  else if (text.startsWith('@@')) line(`  ${cyan(clipped)}`);
  else line(`  ${dim(clipped)}`);
}

/** Control characters become visible, so that data cannot drive the terminal. */
const visible = (text) => String(text).replaceAll('\t', '  ').replace(/[\u0000-\u001f\u007f-\u009f]/g, '·');

/** Cuts to `width` columns. */
export function clip(text, width) {
  const safe = visible(text);
  const points = [...safe];
  return points.length <= width ? safe : `${points.slice(0, width - 1).join('')}…`;
}

export function wrap(text, width) {
  const lines = [''];
  for (const word of visible(String(text).replace(/\s+/g, ' ')).split(' ')) {
    const last = lines[lines.length - 1];
    if (last && last.length + 1 + word.length > width) lines.push(clip(word, width));
    else lines[lines.length - 1] = last ? `${last} ${word}` : clip(word, width);
  }
  return lines;
}

const WORDS = new Set(
  ('import export default from const let function return if else for of in new async await throw try catch finally ' +
    'switch case while class extends static null true false undefined def with as raise except pass None True False not').split(' '),
);

function highlight(text) {
  if (plain) return text;
  if (/^\s*(\/\/|#|\*|\/\*)/.test(text)) return dim(text);
  return text.replace(/'[^']*'|"[^"]*"|`[^`]*`|[A-Za-z_]+/g, (token) => {
    if (/^['"`]/.test(token)) return green(token);
    return WORDS.has(token) ? magenta(token) : token;
  });
}
