/** What keys send that a phone's keyboard lacks. */
export const KEY = {
  esc: '\x1b',
  tab: '\t',
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D'
};

/** The character that Ctrl and this one send; undefined for those that it means nothing to. */
export function controlOf(character: string): string | undefined {
  if (character === '?') return '\x7f';
  if (character === ' ') return '\0';
  const code = character.toUpperCase().charCodeAt(0);
  return code >= 0x40 && code <= 0x5f ? String.fromCharCode(code - 0x40) : undefined;
}

/** Arrow keys as the program has asked for them (application cursor keys). */
export function arrow(sends: string, application: boolean): string {
  return application ? sends.replace(/\x1b\[([ABCD])$/, '\x1bO$1') : sends;
}
