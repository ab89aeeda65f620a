import * as dagre from '@dagrejs/dagre';
import { expect, it } from 'vitest';
import { layout, neighbour, WIDE } from '../src/lib/graph/layout';

const task = (id: string, ...dependsOn: string[]) => ({ id, dependsOn });
const DIAMOND = [task('a'), task('b', 'a'), task('c', 'a'), task('d', 'b', 'c')];

it('puts each task right of all that it waits for, and none on another', () => {
  const { tasks, edges, width, height } = layout(dagre, [...DIAMOND, task('e', 'a', 'd')]);
  const at = Object.fromEntries(tasks.map((t) => [t.id, t]));
  for (const { from, to } of edges) {
    expect(at[to]!.x).toBeGreaterThanOrEqual(at[from]!.x + WIDE.width);
  }
  const heights = edges.flatMap((e) => e.path.match(/-?[\d.]+ (-?[\d.]+)/g)!.map((p) => Number(p.split(' ')[1])));
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...heights)).toBeLessThanOrEqual(height);
  for (const one of tasks) {
    expect(one.x).toBeGreaterThanOrEqual(0);
    expect(one.x + WIDE.width).toBeLessThanOrEqual(width);
    expect(one.y + WIDE.height).toBeLessThanOrEqual(height);
    for (const other of tasks) {
      const apart =
        Math.abs(one.x - other.x) >= WIDE.width || Math.abs(one.y - other.y) >= WIDE.height;
      expect(one === other || apart).toBe(true);
    }
  }
});

it('draws edges from the right side to the left side', () => {
  const { tasks, edges } = layout(dagre, [task('a'), task('b', 'a')]);
  const [a, b] = tasks;
  const [edge] = edges;
  const y = a!.y + WIDE.height / 2;
  expect(edge!.path.startsWith(`M${a!.x + WIDE.width} ${y}C`)).toBe(true);
  expect(edge!.path.endsWith(`${b!.x} ${y}`)).toBe(true);
});

it('leaves out edges to tasks that are not there, and bears a cycle', () => {
  const { edges } = layout(dagre, [task('a', 'gone', 'a'), task('b', 'c'), task('c', 'b')]);
  expect(edges.map((e) => `${e.from}${e.to}`).sort()).toEqual(['bc', 'cb']);
  expect(layout(dagre, []).tasks).toEqual([]);
});

it('leads along edges and through columns', () => {
  const drawn = layout(dagre, DIAMOND);
  const upper = drawn.tasks[1]!.y < drawn.tasks[2]!.y ? 'b' : 'c';
  const lower = upper === 'b' ? 'c' : 'b';
  expect(['b', 'c']).toContain(neighbour(drawn, 'a', 'ArrowRight'));
  expect(neighbour(drawn, 'b', 'ArrowRight')).toBe('d');
  expect(neighbour(drawn, 'c', 'ArrowLeft')).toBe('a');
  expect(neighbour(drawn, upper, 'ArrowDown')).toBe(lower);
  expect(neighbour(drawn, lower, 'ArrowUp')).toBe(upper);
  expect(neighbour(drawn, 'a', 'ArrowLeft')).toBeUndefined();
  expect(neighbour(drawn, 'b', 'End')).toBe('d');
  expect(neighbour(drawn, 'nobody', 'Home')).toBeUndefined();
});
