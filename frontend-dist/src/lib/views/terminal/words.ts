/** What programs and clipboards may bring in, made harmless. */

const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;
/** Marks that turn the reading direction, or cannot be seen. */
const UNSEEN = /[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
const LONGEST_TITLE = 60;

/** A title that a program gave its terminal. */
export function titleOf(text: string): string {
  const clean = text.replace(CONTROL, ' ').replace(UNSEEN, '').replace(/ +/g, ' ').trim();
  const letters = [...clean];
  return letters.length > LONGEST_TITLE ? `${letters.slice(0, LONGEST_TITLE - 1).join('')}…` : clean;
}

/** The address, if it is one of the web; anything else is not opened. */
export function webAddress(text: string): string | undefined {
  try {
    const url = new URL(text);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Text as it is typed: lines end with Enter; other control characters than tab are left out, so that
 * nothing in it ends a bracketed paste or speaks to the program.
 */
export function pasteOf(text: string): string {
  return text.replace(/\r?\n/g, '\r').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '');
}

/** How many lines are sent off by their Enter, and the last one that waits. */
export function linesOf(paste: string): number {
  return paste.replace(/\r$/, '').split('\r').length;
}
