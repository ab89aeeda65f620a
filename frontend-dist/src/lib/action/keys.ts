/** Keys as `Mod+K`, `Mod+Shift+A`, `?`, `g c` (one after the other). `Mod` is Cmd on a Mac, Ctrl elsewhere. */

export const mac =
  typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

/** Where the keyboard is: on the page, in a field, or in a terminal that takes what is typed. */
export type Place = 'page' | 'field' | 'terminal';

export interface Pressed {
  key: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}

/** The keys of this event, as actions name them. */
export function pressed(event: Pressed, onMac = mac): string {
  const mod = onMac ? event.metaKey : event.ctrlKey;
  const other = onMac ? event.ctrlKey : event.metaKey;
  const key = event.key.length === 1 ? event.key : event.key.replace(/^Arrow/, '');
  const letter = /^[a-z]$/i.test(key);
  return [
    mod && 'Mod',
    other && (onMac ? 'Ctrl' : 'Meta'),
    event.altKey && 'Alt',
    // For signs the shift is in the sign itself.
    event.shiftKey && (letter || key.length > 1) && 'Shift',
    letter && (mod || event.shiftKey) ? key.toUpperCase() : key
  ]
    .filter(Boolean)
    .join('+');
}

/** Whether these keys mean something while typing: plain letters and signs belong to the field. */
export function worksInField(keys: string): boolean {
  return keys.includes('Mod+') || /^F\d/.test(keys);
}

/** Keys as a person reads them, one part for each that is pressed after the other: `⌘K`, `Ctrl+K`. */
export function keysShown(keys: string, onMac = mac): string {
  return onMac
    ? keys.replaceAll('Mod+', '⌘').replaceAll('Shift+', '⇧').replaceAll('Alt+', '⌥')
    : keys.replaceAll('Mod+', 'Ctrl+');
}
