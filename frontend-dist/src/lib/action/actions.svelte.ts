import { untrack } from 'svelte';

/** Something a person can do, in the palette and by a key. */
export interface Action {
  id: string;
  title: string;
  /** Heading in the palette and in the keyboard map. */
  group: string;
  /**
   * Keys as `Mod+K`, `Mod+Shift+A`, `?`, `g c` (one after the other). `Mod` is Cmd on a Mac, Ctrl
   * elsewhere.
   */
  keys?: string;
  /** Its keys work even while a terminal has the keyboard: choose ones that no program wants. */
  inTerminal?: boolean;
  /** More words to find it by. */
  words?: string;
  /** Shown in the palette only when this holds. */
  when?: () => boolean;
  run(): void;
}

const mac = /Mac|iPhone|iPad/.test(navigator.platform);
const SEQUENCE_MS = 900;

function pressed(event: KeyboardEvent): string {
  const mod = mac ? event.metaKey : event.ctrlKey;
  const key = event.key.length === 1 ? event.key : event.key.replace(/^Arrow/, '');
  const letter = /^[a-z]$/i.test(key);
  return [
    mod && 'Mod',
    event.altKey && 'Alt',
    // For signs the shift is in the sign itself.
    event.shiftKey && (letter || key.length > 1) && 'Shift',
    letter && (mod || event.shiftKey) ? key.toUpperCase() : key
  ]
    .filter(Boolean)
    .join('+');
}

function place(target: EventTarget | null): 'page' | 'field' | 'terminal' {
  if (!(target instanceof HTMLElement)) return 'page';
  if (target.closest('.xterm')) return target.closest('[data-driving]') ? 'terminal' : 'page';
  return target.matches('input, textarea, select, [contenteditable]') ? 'field' : 'page';
}

/** What can be done now. Screens add theirs while they are open. */
class Actions {
  all = $state.raw<Action[]>([]);
  paletteOpen = $state(false);
  keysOpen = $state(false);
  #first: { key: string; at: number } | undefined;

  /** @returns a function that takes them away */
  add(...actions: Action[]): () => void {
    this.all = [...untrack(() => this.all), ...actions];
    return () => (this.all = untrack(() => this.all).filter((a) => !actions.includes(a)));
  }

  get available(): Action[] {
    return this.all.filter((a) => a.when?.() ?? true);
  }

  /** For `keydown` of the window: runs the action whose keys these are. */
  key(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    const key = pressed(event);
    const where = place(event.target);
    const before = this.#first && event.timeStamp - this.#first.at < SEQUENCE_MS ? this.#first.key : '';
    this.#first = where === 'page' ? { key, at: event.timeStamp } : undefined;
    const action = this.available.findLast(
      (a) => (a.keys === key || (before && a.keys === `${before} ${key}`)) && works(a, where)
    );
    if (!action) return;
    event.preventDefault();
    this.#first = undefined;
    action.run();
  }
}

function works(action: Action, where: 'page' | 'field' | 'terminal'): boolean {
  if (where === 'terminal') return action.inTerminal === true;
  return where === 'page' || (action.keys ?? '').includes('Mod+') || /^F\d/.test(action.keys ?? '');
}

/** Keys as a person reads them: `⌘K` or `Ctrl+K`. */
export function keysShown(keys: string): string {
  return mac
    ? keys.replaceAll('Mod+', '⌘').replaceAll('Shift+', '⇧').replaceAll('Alt+', '⌥')
    : keys.replaceAll('Mod+', 'Ctrl+');
}

export const actions = new Actions();
