import { untrack } from 'svelte';
import { pressed, worksInField, type Place } from './keys';

export { keysShown } from './keys';

/** Something a person can do, in the palette and by a key. */
export interface Action {
  id: string;
  title: string;
  /** Heading in the palette and in the keyboard map. */
  group: string;
  /** See `keys.ts`. */
  keys?: string;
  /** More keys for the same. */
  also?: string[];
  /**
   * Its keys, or these of them, work even while a terminal has the keyboard: choose ones that no
   * program wants.
   */
  inTerminal?: boolean | string[];
  /** More words to find it by. */
  words?: string;
  /** Shown in the palette only when this holds. */
  when?: () => boolean;
  run(): void;
}

const SEQUENCE_MS = 900;

function place(target: EventTarget | null): Place {
  if (!(target instanceof HTMLElement)) return 'page';
  if (target.closest('.xterm')) return target.closest('[data-driving]') ? 'terminal' : 'page';
  return target.matches('input, textarea, select, [contenteditable]') ? 'field' : 'page';
}

/** All keys of an action. */
export const keysOf = (action: Action): string[] =>
  [action.keys, ...(action.also ?? [])].filter((keys) => keys !== undefined);

/** Whether the keys of this action work where the keyboard is. */
export function works(action: Action, keys: string, where: Place): boolean {
  if (where === 'page') return true;
  if (where === 'field') return worksInField(keys);
  return Array.isArray(action.inTerminal)
    ? action.inTerminal.includes(keys)
    : action.inTerminal === true;
}

/** What can be done now. Screens add theirs while they are open. */
class Actions {
  all = $state.raw<Action[]>([]);
  paletteOpen = $state(false);
  keysOpen = $state(false);
  /** The palette's field is there and takes the keys. */
  paletteReady = false;
  /** Letters that were typed after the palette's key, before its field was there. */
  early = '';
  #first: { key: string; at: number } | undefined;

  /** @returns a function that takes them away */
  add(...actions: Action[]): () => void {
    this.all = [...untrack(() => this.all), ...actions];
    return () => (this.all = untrack(() => this.all).filter((a) => !actions.includes(a)));
  }

  /** Of several with one id, the one that was added last. */
  get available(): Action[] {
    const can = this.all.filter((a) => a.when?.() ?? true);
    return [...new Map(can.map((a) => [a.id, a])).values()];
  }

  /**
   * For `keydown` of the window: runs the action whose keys these are. Terminals are asked for in
   * the capturing phase, since they keep what they take from everybody else.
   */
  key(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    const where = place(event.target);
    if ((where === 'terminal') !== (event.eventPhase === Event.CAPTURING_PHASE)) return;
    if (/^(Shift|Control|Alt|Meta)$/.test(event.key)) return;
    if (this.paletteOpen && !this.paletteReady) {
      this.#early(event);
      return;
    }
    const key = pressed(event);
    const before =
      this.#first && event.timeStamp - this.#first.at < SEQUENCE_MS ? this.#first.key : '';
    this.#first = where === 'page' ? { key, at: event.timeStamp } : undefined;
    // Letters do nothing behind a dialog or in a menu, where they choose.
    const inside =
      where === 'page' &&
      event.target instanceof HTMLElement &&
      event.target.closest('[role=dialog], [role=alertdialog], [role=menu], [role=listbox]');
    const means = (a: Action, keys: string) =>
      (keys === key || (before !== '' && keys === `${before} ${key}`)) &&
      works(a, keys, inside ? 'field' : where);
    const action = this.available.findLast((a) => keysOf(a).some((keys) => means(a, keys)));
    if (!action) return;
    event.preventDefault();
    if (where === 'terminal') event.stopPropagation();
    this.#first = undefined;
    action.run();
  }

  #early(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (event.key.length === 1) this.early += event.key;
    if (event.key === 'Backspace') this.early = this.early.slice(0, -1);
    if (event.key === 'Escape') this.paletteOpen = false;
  }
}

export const actions = new Actions();
