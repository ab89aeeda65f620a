import type { ITheme } from '@xterm/xterm';

const NAMES = {
  background: 'bg',
  foreground: 'text',
  cursor: 'text',
  selectionBackground: 'selection',
  black: 'black',
  red: 'red',
  green: 'green',
  yellow: 'yellow',
  blue: 'blue',
  magenta: 'magenta',
  cyan: 'cyan',
  white: 'white',
  brightBlack: 'bright-black',
  brightRed: 'bright-red',
  brightGreen: 'bright-green',
  brightYellow: 'bright-yellow',
  brightBlue: 'bright-blue',
  brightMagenta: 'bright-magenta',
  brightCyan: 'bright-cyan',
  brightWhite: 'bright-white',
  scrollbarSliderBackground: 'scrollbar',
  scrollbarSliderHoverBackground: 'scrollbar-hover'
} as const;

/** The terminal's colours as the page's tokens (`--term-…` in app.css) have them now. */
export function terminalTheme(): ITheme {
  const tokens = getComputedStyle(document.documentElement);
  return Object.fromEntries(
    Object.entries(NAMES).map(([key, name]) => [key, tokens.getPropertyValue(`--term-${name}`).trim()])
  );
}
