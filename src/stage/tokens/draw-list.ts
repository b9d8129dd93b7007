/**
 * What is under way, as a list of things to draw: a pure function of the view, the layout and nothing else. The time of
 * the frame never matters: a token's place is its share of the way between sentAt and arrivesAt at the view's time.
 */
import type { Face, Token } from '../../kernel/shape';
import type { View } from '../../scenario/host';
import { label, Placer, boxOf } from '../layout/placer';
import { routeKey } from '../layout/routes';
import type { Box, Label, LaneFigure, Point, Scene } from '../layout/scene';
import type { Metrics } from '../layout/size';

/** Up to so many tokens each has its name, then its shape; beyond, squares of its colour. */
export const labelsMax = 300;
export const shapesMax = 1000;
/** More than this on one road is a band with a number. */
export const bandFrom = 150;
/** Faces of one response that are drawn one behind the other. */
const trainMax = 5;
/** Without motion, more than this is not numbered. */
const numberedMax = 40;
/** How far from its start something stands that a cut holds back, in px. */
const heldAt = 18;

export interface DrawnToken {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly face: Face;
  readonly radius: number;
  /** 1 for the first delivery, 2 for the second: a double edge. */
  readonly delivery: number;
  readonly label: Label | null;
  readonly held: boolean;
  /** How many more are held back with it. */
  readonly behind: number;
}

export interface DrawnBand {
  readonly path: readonly Point[];
  readonly width: number;
  readonly label: Label;
}

export interface Drawing {
  readonly detail: 'label' | 'shape' | 'square';
  readonly tokens: readonly DrawnToken[];
  readonly commits: readonly Point[];
  readonly bands: readonly DrawnBand[];
  /** Reduced motion: the roads ahead of what stands. */
  readonly trails: readonly (readonly Point[])[];
}

export interface DrawOptions {
  readonly reducedMotion?: boolean;
  readonly nth?: (delivery: number) => string;
}

/** What is drawn already, as far as what moves has to know. */
export interface Ground extends Pick<Scene, 'size' | 'height' | 'routes' | 'taken'> {
  readonly metrics: Pick<Metrics, 'token'>;
  readonly lanes: readonly Pick<LaneFigure, 'left' | 'y' | 'right' | 'height'>[];
}

export function drawList(scene: Ground, view: View, options: DrawOptions = {}): Drawing {
  const loads = view.tokens.flatMap((token) => {
    const path = scene.routes.get(routeKey(token.from, token.to));
    return path && path.length > 1 ? [{ token, road: roadOf(path) }] : [];
  });
  const bands = bandsOf(scene, loads);
  const single = gatherHeld(
    loads.filter(({ token }) => token.faces.length > 0 && !bands.has(routeKey(token.from, token.to))),
  );
  const count = single.reduce((sum, { token }) => sum + token.faces.length, 0);
  const detail = count <= labelsMax ? 'label' : count <= shapesMax ? 'shape' : 'square';
  const still = options.reducedMotion === true;
  const placed = single.flatMap((load, order) => trainOf(scene, view, load, detail, still, order));
  const placer = placerOf(scene, placed);
  const numbers = still && count <= numberedMax ? arrivalsOf(single) : null;
  const named =
    detail === 'label' ? placed.map((one) => withLabel(placer, scene, one, numbers, options)) : placed;
  return {
    detail,
    tokens: named,
    commits: loads.flatMap(({ token, road }) =>
      token.what === 'OffsetCommitRequest' ? [road.at(shareOf(token, view.time))] : [],
    ),
    bands: [...bands.values()],
    trails: numbers ? single.map(({ road }) => road.path) : [],
  };
}

interface Road {
  readonly path: readonly Point[];
  readonly length: number;
  /** The point at a share (0 to 1) of the way. */
  at(share: number): Point;
}

interface Load {
  readonly token: Token;
  readonly road: Road;
  /** How many more stand behind it, held back by the same cut. */
  readonly behind?: number;
}

/** What one cut holds back stands at one place: the first of it, and how many more. */
function gatherHeld(loads: readonly Load[]): Load[] {
  const held = new Map<string, number>();
  for (const { token } of loads) {
    if (!token.held) continue;
    const key = routeKey(token.from, token.to);
    held.set(key, (held.get(key) ?? 0) + token.faces.length);
  }
  return loads.flatMap((load): Load[] => {
    const { token } = load;
    if (!token.held) return [load];
    const key = routeKey(token.from, token.to);
    const count = held.get(key);
    held.delete(key);
    return count === undefined
      ? []
      : [{ ...load, token: { ...token, faces: token.faces.slice(0, 1) }, behind: count - 1 }];
  });
}

export function roadOf(path: readonly Point[]): Road {
  const lengths = path.slice(1).map((to, index) => Math.hypot(to.x - path[index].x, to.y - path[index].y));
  const length = lengths.reduce((sum, part) => sum + part, 0);
  const at = (share: number): Point => {
    let rest = Math.max(0, Math.min(1, share)) * length;
    for (const [index, part] of lengths.entries()) {
      if (rest <= part || index === lengths.length - 1) {
        const [from, to] = [path[index], path[index + 1]];
        const along = part === 0 ? 0 : Math.min(1, rest / part);
        return { x: from.x + (to.x - from.x) * along, y: from.y + (to.y - from.y) * along };
      }
      rest -= part;
    }
    return path[0];
  };
  return { path, length, at };
}

/** Share of the way it has gone; 0 for what a cut holds back. */
export function shareOf({ sentAt, arrivesAt, held }: Token, now: number): number {
  if (held || !Number.isFinite(arrivesAt)) return 0;
  if (arrivesAt <= sentAt) return now >= arrivesAt ? 1 : 0;
  return Math.max(0, Math.min(1, (now - sentAt) / (arrivesAt - sentAt)));
}

function trainOf(
  scene: Ground,
  view: View,
  { token, road, behind = 0 }: Load,
  detail: Drawing['detail'],
  still: boolean,
  order: number,
): DrawnToken[] {
  const radius = scene.metrics.token;
  const spacing = 2 * radius + 3;
  // Without motion it stands where it left, one beside the other, until it is there.
  const moved = still
    ? Math.min(road.length, spacing * (1 + (order % 4)))
    : shareOf(token, view.time) * road.length;
  const head = token.held ? Math.min(road.length / 3, heldAt) : moved;
  return token.faces.slice(0, detail === 'square' ? token.faces.length : trainMax).flatMap((face, index) => {
    const distance = head - index * spacing;
    if (distance < 0 && index > 0) return [];
    const point = road.at(road.length === 0 ? 0 : Math.max(0, distance) / road.length);
    const delivery = 1 + (token.redelivered?.[index] ?? 0);
    return [
      { id: `${token.id}.${index}`, ...point, face, radius, delivery, label: null, held: token.held, behind },
    ];
  });
}

/** What stands already, and the tokens themselves. */
function placerOf(scene: Ground, tokens: readonly DrawnToken[]): Placer {
  const placer = new Placer({ x: 0, y: 0, width: scene.size.width, height: scene.height });
  for (const box of scene.taken) placer.block(box);
  for (const { left, y, right, height } of scene.lanes)
    placer.block({ x: left, y, width: right - left, height });
  if (tokens.length <= labelsMax) for (const token of tokens) placer.block(boxAround(token));
  return placer;
}

export function boxAround({ x, y, radius, delivery }: DrawnToken): Box {
  const reach = radius + (delivery > 1 ? 5 : 1);
  return { x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach };
}

function withLabel(
  placer: Placer,
  scene: Ground,
  token: DrawnToken,
  numbers: ReadonlyMap<string, number> | null,
  options: DrawOptions,
): DrawnToken {
  const { face, delivery } = token;
  const number = numbers?.get(token.id);
  // A phone has no room for names on its wires; the number of the order stays.
  const name = scene.size.mode === 'phone' ? null : face.label;
  const again = delivery > 1 ? (options.nth?.(delivery) ?? `${delivery}.`) : null;
  const behind = token.behind > 0 ? `+${token.behind}` : null;
  const text = [number === undefined ? null : `${number}.`, name, name && again, behind]
    .filter(Boolean)
    .join(' ');
  const places = [text, number === undefined ? '' : `${number}.`].flatMap((words) =>
    besideToken(token, words),
  );
  return { ...token, label: placer.place(...places) };
}

/** Right and left above and below a token, then on the wire itself. */
function besideToken({ x, y, radius, delivery }: DrawnToken, text: string): Label[] {
  if (text === '') return [];
  const reach = radius + (delivery > 1 ? 8 : 5);
  const style = { size: 14, weight: 600, mono: true } as const;
  return [
    label(x + reach, y - radius + 1, text, style),
    label(x + reach, y + radius + 8, text, style),
    label(x - reach, y - radius + 1, text, { ...style, anchor: 'end' }),
    label(x - reach, y + radius + 8, text, { ...style, anchor: 'end' }),
    label(x + reach, y + 5, text, { ...style, halo: true }),
    label(x - reach, y + 5, text, { ...style, halo: true, anchor: 'end' }),
  ];
}

function bandsOf(scene: Ground, loads: readonly Load[]): Map<string, DrawnBand> {
  const counts = new Map<string, { count: number; road: Road }>();
  for (const { token, road } of loads) {
    const key = routeKey(token.from, token.to);
    const count = (counts.get(key)?.count ?? 0) + token.faces.length * token.weight;
    counts.set(key, { count, road });
  }
  const bands = new Map<string, DrawnBand>();
  for (const [key, { count, road }] of counts) {
    if (count <= bandFrom) continue;
    const middle = road.at(0.5);
    const text = label(middle.x, middle.y - 9, String(count), {
      size: 14,
      weight: 600,
      anchor: 'middle',
      halo: true,
    });
    const { x, width } = boxOf(text);
    const inside =
      x < 2
        ? { ...text, x: width / 2 + 4 }
        : x + width > scene.size.width
          ? { ...text, x: scene.size.width - width / 2 - 4 }
          : text;
    bands.set(key, {
      path: road.path,
      width: Math.min(12, 4 + Math.log10(count / bandFrom) * 4),
      label: inside,
    });
  }
  return bands;
}

/** Without motion a number says which arrives first, by the id of the token. */
function arrivalsOf(loads: readonly Load[]): ReadonlyMap<string, number> {
  const order = loads.toSorted(
    (a, b) => a.token.arrivesAt - b.token.arrivesAt || (a.token.id < b.token.id ? -1 : 1),
  );
  return new Map(order.map(({ token }, index) => [`${token.id}.0`, index + 1]));
}
