/** How the panes of one tab stand beside and below each other. */
export type Layout = Leaf | Split;

export interface Leaf {
  pane: string;
}

export interface Split {
  /** `row`: side by side; `column`: one below the other. */
  along: 'row' | 'column';
  parts: Layout[];
  /** Of each part, in percent. */
  sizes: number[];
}

export type Direction = 'left' | 'right' | 'up' | 'down';

export const isLeaf = (layout: Layout): layout is Leaf => 'pane' in layout;

const even = (count: number) => Array.from({ length: count }, () => 100 / count);

export function panesIn(layout: Layout): string[] {
  return isLeaf(layout) ? [layout.pane] : layout.parts.flatMap(panesIn);
}

/** Changes with the panes and the way they stand, not with their sizes. */
export function shapeOf(layout: Layout): string {
  return isLeaf(layout) ? layout.pane : `${layout.along}(${layout.parts.map(shapeOf).join()})`;
}

/** With `added` right of (`row`) or below (`column`) the pane. */
export function split(layout: Layout, pane: string, along: Split['along'], added: string): Layout {
  if (isLeaf(layout)) {
    if (layout.pane !== pane) return layout;
    return { along, parts: [layout, { pane: added }], sizes: even(2) };
  }
  const at = layout.parts.findIndex((part) => isLeaf(part) && part.pane === pane);
  if (at >= 0 && layout.along === along) {
    const parts = layout.parts.toSpliced(at + 1, 0, { pane: added });
    return { along, parts, sizes: even(parts.length) };
  }
  return { ...layout, parts: layout.parts.map((part) => split(part, pane, along, added)) };
}

/** Only the panes that are to be kept; undefined where none is. */
export function only(layout: Layout, keep: (pane: string) => boolean): Layout | undefined {
  if (isLeaf(layout)) return keep(layout.pane) ? layout : undefined;
  const left = layout.parts.map((part) => only(part, keep));
  const parts = left.filter((part) => part !== undefined);
  if (parts.length < 2) return parts[0];
  if (parts.length === layout.parts.length) return { ...layout, parts };
  const sizes = layout.sizes.filter((_, i) => left[i] !== undefined);
  const sum = sizes.reduce((a, b) => a + b, 0);
  return { ...layout, parts, sizes: sizes.map((size) => (size / sum) * 100) };
}

interface Box {
  pane: string;
  x: number;
  y: number;
  w: number;
  h: number;
}

function boxes(layout: Layout, x = 0, y = 0, w = 100, h = 100): Box[] {
  if (isLeaf(layout)) return [{ pane: layout.pane, x, y, w, h }];
  const row = layout.along === 'row';
  let at = row ? x : y;
  return layout.parts.flatMap((part, i) => {
    const size = ((row ? w : h) * (layout.sizes[i] ?? 0)) / 100;
    const start = at;
    at += size;
    return row ? boxes(part, start, y, size, h) : boxes(part, x, start, w, size);
  });
}

/** The pane next to this one, at the height or width of its upper left corner. */
export function neighbour(layout: Layout, pane: string, to: Direction): string | undefined {
  const all = boxes(layout);
  const from = all.find((box) => box.pane === pane);
  if (!from) return undefined;
  const near = 0.01;
  const touches = (box: Box) => {
    if (to === 'left') return Math.abs(box.x + box.w - from.x) < near;
    if (to === 'right') return Math.abs(from.x + from.w - box.x) < near;
    if (to === 'up') return Math.abs(box.y + box.h - from.y) < near;
    return Math.abs(from.y + from.h - box.y) < near;
  };
  const across = (box: Box) =>
    to === 'left' || to === 'right'
      ? box.y <= from.y + near && from.y + near < box.y + box.h
      : box.x <= from.x + near && from.x + near < box.x + box.w;
  return all.find((box) => touches(box) && across(box))?.pane;
}

/** What was kept, if it still reads as a layout. */
export function read(kept: unknown): Layout | undefined {
  const it = kept as Partial<Leaf & Split> | null;
  if (typeof it !== 'object' || it === null) return undefined;
  if (typeof it.pane === 'string') return { pane: it.pane };
  if ((it.along !== 'row' && it.along !== 'column') || !Array.isArray(it.parts)) return undefined;
  const parts = it.parts.map(read).filter((part) => part !== undefined);
  if (parts.length < 2) return parts[0];
  const sizes = Array.isArray(it.sizes) ? it.sizes.filter((n) => Number.isFinite(n) && n > 0) : [];
  return {
    along: it.along,
    parts,
    sizes: sizes.length === parts.length ? sizes : even(parts.length)
  };
}
