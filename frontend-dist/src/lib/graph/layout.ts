/** What of a task decides where it is drawn. */
export interface GraphTask {
  id: string;
  dependsOn: readonly string[];
}

export interface PlacedTask {
  id: string;
  /** Left upper corner. */
  x: number;
  y: number;
}

export interface Drawn {
  width: number;
  height: number;
  tasks: PlacedTask[];
  edges: { from: string; to: string; path: string }[];
}

/** Size of a task, and the room between columns and between tasks of a column; all in pixels. */
export interface Shape {
  width: number;
  height: number;
  column: number;
  row: number;
}

export const WIDE: Shape = { width: 188, height: 54, column: 44, row: 14 };
/** For a narrow place: three columns in about 330 pixels. */
export const NARROW: Shape = { width: 98, height: 68, column: 16, row: 8 };
/** For a narrow place where no task waits for another: one below the other. */
export const LIST: Shape = { width: 306, height: 34, column: 16, row: 6 };
const MARGIN = 3;

type Dagre = typeof import('@dagrejs/dagre');
interface Point {
  x: number;
  y: number;
}

/** Places tasks from left to right, each right of all that it waits for. */
export function layout(
  dagre: Pick<Dagre, 'Graph' | 'layout'>,
  tasks: readonly GraphTask[],
  shape: Shape = WIDE
): Drawn {
  const graph = new dagre.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: shape.row, ranksep: shape.column, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const task of tasks) graph.setNode(task.id, { width: shape.width, height: shape.height });
  for (const task of tasks) {
    for (const before of task.dependsOn) {
      if (before !== task.id && graph.hasNode(before)) graph.setEdge(before, task.id);
    }
  }
  dagre.layout(graph);
  const at = new Map(tasks.map(({ id }) => [id, graph.node(id) as Point]));
  const columns = [...new Set([...at.values()].map((p) => p.x))];
  const edges = graph.edges().map(({ v, w }) => {
    const { points = [] } = graph.edge({ v, w }) as { points?: Point[] };
    return { from: v, to: w, stops: stopsOf(at.get(v)!, at.get(w)!, points, columns, shape) };
  });
  // Edges past a column may run above or below all tasks.
  const heights = [
    ...[...at.values()].flatMap(({ y }) => [y - shape.height / 2, y + shape.height / 2]),
    ...edges.flatMap(({ stops }) => stops.map((stop) => stop.y))
  ];
  const top = heights.length ? Math.min(...heights) - MARGIN : 0;
  const bottom = heights.length ? Math.max(...heights) + MARGIN : 0;
  return {
    width: tasks.length ? Math.ceil(Math.max(...columns) + shape.width / 2 + MARGIN) : 0,
    height: Math.ceil(bottom - top),
    tasks: tasks.map(({ id }) => {
      const { x, y } = at.get(id)!;
      return { id, x: x - shape.width / 2, y: y - shape.height / 2 - top };
    }),
    edges: edges.map(({ from, to, stops }) => ({ from, to, path: curve(stops, top) }))
  };
}

/** From the right side of one task to the left side of the other, straight past the columns between. */
function stopsOf(from: Point, to: Point, points: Point[], columns: number[], shape: Shape): Point[] {
  const half = shape.width / 2;
  const between = points.filter(
    ({ x }) => x > from.x + half && x < to.x - half && columns.some((c) => Math.abs(c - x) < 1)
  );
  const through = between.flatMap(({ x, y }) => [
    { x: x - half, y },
    { x: x + half, y }
  ]);
  return [{ x: from.x + half, y: from.y }, ...through, { x: to.x - half, y: to.y }];
}

function curve(stops: Point[], top: number): string {
  return stops
    .map(({ x, y }, i) => {
      const end = `${round(x)} ${round(y - top)}`;
      if (i === 0) return `M${end}`;
      const before = stops[i - 1]!;
      const middle = round((before.x + x) / 2);
      return `C${middle} ${round(before.y - top)} ${middle} ${round(y - top)} ${end}`;
    })
    .join('');
}

const round = (n: number) => Math.round(n * 10) / 10;

/** The task that an arrow key leads to: along an edge, or up and down in a column. */
export function neighbour(drawn: Drawn, id: string, key: string): string | undefined {
  const place = new Map(drawn.tasks.map((task) => [task.id, task]));
  const here = place.get(id);
  if (!here) return undefined;
  const nearest = (ids: string[]) =>
    ids
      .map((other) => place.get(other)!)
      .sort((a, b) => distance(a, here) - distance(b, here))
      .at(0)?.id;
  const column = drawn.tasks.filter((task) => Math.abs(task.x - here.x) < 1);
  switch (key) {
    case 'ArrowRight':
      return nearest(drawn.edges.filter((e) => e.from === id).map((e) => e.to));
    case 'ArrowLeft':
      return nearest(drawn.edges.filter((e) => e.to === id).map((e) => e.from));
    case 'ArrowDown':
      return nearest(column.filter((task) => task.y > here.y).map((task) => task.id));
    case 'ArrowUp':
      return nearest(column.filter((task) => task.y < here.y).map((task) => task.id));
    case 'Home':
      return drawn.tasks.at(0)?.id;
    case 'End':
      return drawn.tasks.at(-1)?.id;
    default:
      return undefined;
  }
}

const distance = (a: PlacedTask, b: PlacedTask) => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
