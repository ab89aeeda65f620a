// Draws events for a person who watches. Each function returns whole lines, none wider than the pane.
import { bold, clip, columns, cyan, dim, green, magenta, pieces, red, visible, wrap, yellow } from './screen.mjs';

const HEAD = 8;
const TAIL = 4;
const COMMAND_LINES = 6;
const TOOL_LINES = 3;
const DIFF_LINES = 14;
const MESSAGE_LINES = 200;
const FOREIGN_LINES = 12;

const rest = (count) => `… ${count} more ${count === 1 ? 'line' : 'lines'}`;

export function banner(title, subtitle) {
  const wide = columns();
  return [cyan('━'.repeat(wide)), ` ${bold(clip(title, wide - 2))}`, ` ${dim(clip(subtitle, wide - 2))}`, cyan('━'.repeat(wide))];
}

export const note = (text) => wrap(text, columns() - 2).map((line) => `  ${dim(line)}`);
export const good = (text) => hanging(green('✓'), text, (line) => line);
export const bad = (text) => hanging(red('✗'), text, red);

/** What a program prints besides its events. */
export function foreign(text) {
  const wide = columns() - 2;
  const lines = pieces(text.slice(0, wide * FOREIGN_LINES), wide).map((line) => `  ${dim(line)}`.trimEnd());
  return text.length > wide * FOREIGN_LINES ? [...lines, `  ${dim(`… ${text.length - wide * FOREIGN_LINES} more characters`)}`] : lines;
}

export function person({ from, text }) {
  return ['', ...hanging(magenta('✉'), `${from}: ${text}`, magenta)];
}

export function event(one) {
  switch (one.kind) {
    case 'message':
      return message(one);
    case 'command':
      return command(one);
    case 'output':
      return output(one);
    case 'file':
      return file(one);
    case 'plan':
      return plan(one);
    case 'error':
      return hanging(yellow('!'), one.text, yellow);
    case 'usage':
      return [dim(clip(`  ${number(one.input)} tokens in, ${number(one.output)} out${one.whole ? ', the whole session' : ''}`, columns()))];
    case 'session':
      return [];
    default:
      throw new Error(`${one.kind} is no kind of event`);
  }
}

export const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

function hanging(mark, text, colour) {
  return wrap(text, columns() - 2).map((line, index) => `${index === 0 ? mark : ' '} ${colour(line)}`.trimEnd());
}

function message({ text, thought }) {
  const lines = hanging(thought ? dim('·') : cyan('●'), text.trim(), thought ? dim : (line) => line);
  const shown = lines.slice(0, MESSAGE_LINES);
  return ['', ...shown, ...(lines.length > shown.length ? [`  ${dim(rest(lines.length - shown.length))}`] : [])];
}

function command({ text, tool }) {
  const wide = columns() - 2;
  if (tool) return [`${cyan('▸')} ${bold(clip(tool, wide))}${dim(clip(text ? ` ${text}` : '', Math.max(1, wide - [...visible(tool)].length)))}`];
  const lines = text.trimEnd().split('\n');
  const shown = lines.slice(0, COMMAND_LINES).map((line, index) => `${index === 0 ? green('$') : ' '} ${bold(clip(line, wide))}`);
  return ['', ...shown, ...(lines.length > COMMAND_LINES ? [`  ${dim(rest(lines.length - COMMAND_LINES))}`] : [])];
}

function output({ text, exitCode, ok, tool }) {
  const wide = columns() - 4;
  const lines = text.replace(/\r\n/g, '\n').replace(/\n+$/, '').split('\n');
  const show = (line) => `  ${dim('│')} ${dim(clip(line, wide))}`;
  const drawn = [];
  const head = tool ? TOOL_LINES : HEAD;
  const tail = tool ? 0 : TAIL;
  if (lines.length > head + tail + 1) {
    drawn.push(...lines.slice(0, head).map(show), `  ${dim(`… ${lines.length - head - tail} lines left out`)}`);
    if (tail > 0) drawn.push(...lines.slice(-tail).map(show));
  } else if (text.trim()) {
    drawn.push(...lines.map(show));
  }
  if (exitCode) drawn.push(`  ${red(`✗ exit ${exitCode}`)}`);
  else if (ok === false) drawn.push(`  ${red('✗ failed')}`);
  return drawn;
}

const CHANGES = { add: green, update: yellow, delete: red };

function file({ path, change, added, removed, diff }) {
  const wide = columns() - 2;
  const counts = added === undefined ? '' : ` +${added} −${removed}`;
  const word = ` ${change}`;
  const shown = [`${(CHANGES[change] ?? yellow)('✎')} ${bold(clip(path, wide - word.length - counts.length))}${dim(word + counts)}`];
  for (const line of (diff ?? []).slice(0, DIFF_LINES)) {
    const colour = line.startsWith('+') ? green : line.startsWith('-') ? red : dim;
    shown.push(`    ${colour(clip(line, wide - 2))}`);
  }
  if (diff && diff.length > DIFF_LINES) shown.push(`    ${dim(rest(diff.length - DIFF_LINES))}`);
  return shown;
}

const STATES = { done: green('☑'), active: yellow('◐'), open: dim('☐') };

function plan({ items }) {
  return ['', ...items.map((item) => `${STATES[item.state]} ${(item.state === 'active' ? bold : dim)(clip(item.text, columns() - 2))}`)];
}
