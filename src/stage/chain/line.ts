/** The line of a chain: rows that turn back like a transit map, with 45 degree corners, out from the API and home again. */
import type { Point } from '../layout/scene';
import { roadOf } from '../tokens/draw-list';
import type { Path } from './scene';

export const cornerSize = 14;

export interface LinePlan {
  /** Stops in order; row 0 at the top. */
  readonly stops: readonly (Point & { readonly row: number })[];
  /** From the head through all stops and back to it. */
  readonly loop: Path;
  /** Share of the loop at which each stop is. */
  readonly shares: readonly number[];
  readonly bottom: number;
}

export interface LineRoom {
  readonly head: Point;
  /** y of the first row, and from row to row. */
  readonly top: number;
  readonly pitch: number;
  /** x of the first and of the last stop of a row. */
  readonly left: number;
  readonly right: number;
  /** x where the line turns at the right, at the left, and where it comes home. */
  readonly turnRight: number;
  readonly turnLeft: number;
  readonly home: number;
  readonly perRow: number;
}

/** A serpentine that ends on the left: an even number of rows, the last one empty where it must be. */
export function lineOf(count: number, room: LineRoom): LinePlan {
  const { head, top, pitch, left, right, perRow } = room;
  const filled = Math.max(1, Math.ceil(count / perRow));
  const rows = filled + (filled % 2);
  const column = perRow === 1 ? 0 : (right - left) / (perRow - 1);
  const y = (row: number): number => top + row * pitch;
  const stops = Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / perRow);
    const along = (index % perRow) * column;
    return { row, x: Math.round(row % 2 === 0 ? left + along : right - along), y: y(row) };
  });
  const turns = Array.from({ length: rows - 1 }, (_, row) => {
    const x = row % 2 === 0 ? room.turnRight : room.turnLeft;
    return [{ x, y: y(row) }, { x, y: y(row + 1) }]; // prettier-ignore
  });
  const way = [head, { x: head.x, y: y(0) }, ...turns.flat(), { x: room.home, y: y(rows - 1) }];
  if (room.home !== head.x) way.push({ x: room.home, y: head.y });
  const loop = cornered([...way, head]);
  return { stops, loop, shares: sharesOf(loop, stops), bottom: y(rows - 1) };
}

/** A way from point to point with its corners cut at 45 degrees. */
export function cornered(points: readonly Point[], size = cornerSize): Path {
  const inner = points.slice(1, -1).flatMap((point, index) => {
    const [before, after] = [points[index], points[index + 2]];
    const isStraight =
      (before.x === point.x && point.x === after.x) || (before.y === point.y && point.y === after.y);
    return isStraight ? [point] : [towards(point, before, size), towards(point, after, size)];
  });
  return [points[0], ...inner, points[points.length - 1]];
}

/** The point `by` px from `from` towards `to`, or halfway where that is less. */
function towards(from: Point, to: Point, by: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const share = length === 0 ? 0 : Math.min(by, length / 2) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

/** Each stop's share of the way, found on the line from the last one on. */
export function sharesOf(path: Path, stops: readonly Point[]): number[] {
  const { length } = roadOf(path);
  let walked = 0;
  let segment = 0;
  return stops.map((stop) => {
    for (; segment + 1 < path.length; segment++) {
      const [a, b] = [path[segment], path[segment + 1]];
      if (liesBetween(a, b, stop)) return (walked + Math.hypot(stop.x - a.x, stop.y - a.y)) / length;
      walked += Math.hypot(b.x - a.x, b.y - a.y);
    }
    return 1;
  });
}

function liesBetween(a: Point, b: Point, p: Point): boolean {
  const along = Math.hypot(b.x - a.x, b.y - a.y);
  return Math.hypot(p.x - a.x, p.y - a.y) + Math.hypot(b.x - p.x, b.y - p.y) < along + 0.01;
}

/** The part of a path between two shares of it. */
export function partOf(path: Path, from: number, to: number): Path {
  const road = roadOf(path);
  const inner: Point[] = [];
  let walked = 0;
  for (let index = 1; index < path.length; index++) {
    walked += Math.hypot(path[index].x - path[index - 1].x, path[index].y - path[index - 1].y);
    const share = walked / road.length;
    if (share > from + 1e-9 && share < to - 1e-9) inner.push(path[index]);
  }
  return [road.at(from), ...inner, road.at(to)];
}
