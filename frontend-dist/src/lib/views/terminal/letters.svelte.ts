import { kept } from '../../state/kept';

const USUAL = 13;
const LEAST = 8;
const MOST = 28;

/** How large the letters of own terminals are, in pixels. */
class Letters {
  size = $state(kept.get<number>('terminal-letters') ?? USUAL);

  change(by: number): void {
    this.#set(this.size + by);
  }

  reset(): void {
    this.#set(USUAL);
  }

  #set(size: number): void {
    this.size = Math.min(MOST, Math.max(LEAST, size));
    kept.set('terminal-letters', this.size === USUAL ? undefined : this.size);
  }
}

export const letters = new Letters();

/** The right edge that xterm.js keeps for its scrollbar. */
export const SCROLLBAR = 14;

export interface Cell {
  width: number;
  height: number;
}

/**
 * What the WebGL renderer must add to its columns, in device pixels: it cuts their width to whole
 * ones, which sets letters of 7.8 pixels into 7.
 */
export function spacing(size: number): number {
  const width = letterWidth(size) * devicePixelRatio;
  return Math.round(width) - Math.floor(width);
}

/** Of letters of this size, before a terminal has measured them. */
export function guessCell(size: number): Cell {
  const width = Math.round(letterWidth(size) * devicePixelRatio) / devicePixelRatio;
  return { width, height: Math.ceil(size * 1.52) };
}

function letterWidth(size: number): number {
  const probe = document.createElement('span');
  probe.textContent = 'W'.repeat(50);
  probe.style.cssText = `position:absolute;visibility:hidden;font:${size}px var(--mono)`;
  document.body.append(probe);
  const { width } = probe.getBoundingClientRect();
  probe.remove();
  return width / 50;
}

/** Columns and rows that fit into a box. */
export function sizeIn(width: number, height: number, cell: Cell): { cols: number; rows: number } {
  const within = (n: number, least: number, most: number) => Math.min(most, Math.max(least, Math.floor(n)));
  return {
    cols: within((width - SCROLLBAR) / cell.width, 2, 500),
    rows: within(height / cell.height, 1, 300)
  };
}
