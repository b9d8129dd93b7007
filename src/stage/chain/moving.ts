/** The orders on a chain: where each of them is now, a function of the view's time and nothing else. */
import type { Face, Process, Serving } from '../../kernel/shape';
import type { View } from '../../scenario/host';
import { label } from '../layout/placer';
import type { Point } from '../layout/scene';
import { shapesOf, shortLabel } from '../names';
import {
  bandFrom,
  roadOf,
  shareOf,
  type DrawnBand,
  type DrawnToken,
  type Drawing,
} from '../tokens/draw-list';
import { partOf } from './line';
import type { ChainScene, DesignFigure, Passage, Path } from './scene';

export interface MovingOptions {
  readonly reducedMotion?: boolean;
  /** This one has its number beside it. */
  readonly selected?: number | null;
}

/** A token and where it is, in words. */
export interface Moving extends DrawnToken {
  readonly where: { readonly at: string } | { readonly from: string; readonly to: string };
}

export interface MovingDrawing extends Drawing {
  readonly tokens: readonly Moving[];
}

/** An order that hangs moves to its stop in this long, and stays. Microseconds. */
const arrival = 150_000;
/** Shares of a passage: a request comes in before the first, an answer leaves after the second. */
const comesIn = 0.16;

export function movingOf(scene: ChainScene, view: View, options: MovingOptions = {}): MovingDrawing {
  const processes = new Map(shapesOf(view.shapes, 'process').map((process) => [process.address, process]));
  const crowded = scene.designs.filter((design) => ordersOf(design, processes) > bandFrom);
  const bands = crowded.flatMap((design) => bandsOf(design, processes));
  const tokens = scene.designs
    .filter((design) => !crowded.includes(design))
    .flatMap((design) => [
      ...servedOf(scene, design, view, processes, options),
      ...sentOf(scene, design, view, options),
    ]);
  return {
    detail: 'shape',
    tokens: tokens.map((token) => withNumber(token, scene, options)),
    commits: [],
    bands,
    trails: [],
  };
}

function ordersOf(design: DesignFigure, processes: ReadonlyMap<string, Process>): number {
  let orders = 0;
  for (const address of design.passages.keys()) orders += processes.get(address)?.inHand ?? 0;
  return Math.max(orders, design.orders);
}

/** What services have in hand: each order passes through its stop while it is worked on. */
function servedOf(
  scene: ChainScene,
  design: DesignFigure,
  view: View,
  processes: ReadonlyMap<string, Process>,
  options: MovingOptions,
): Moving[] {
  const drawn = [...design.passages].flatMap(([address, passage]) => {
    const process = processes.get(address);
    const ring = process?.serving?.find(({ stalled }) => stalled);
    const inHand = (process?.serving ?? []).filter((serving) => serving !== ring);
    // The ring of one that hangs: the others keep clear of its number.
    const reach = design.stops.find(({ process: own }) => own?.address === address)?.stalled?.ring ?? 0;
    const calm = inHand.filter(({ stalled }) => !stalled);
    return inHand.map((serving) => {
      const share = serving.stalled ? hangShare(serving, view.time) : shareAt(serving, view.time);
      const rank = calm.indexOf(serving);
      const point = options.reducedMotion
        ? queuedAt(passage, Math.max(0, rank), scene.tokenRadius)
        : pointAt(passage, share, ring ? reach + scene.tokenRadius + 2 : 0);
      return tokenAt(
        scene,
        `${address}/${serving.face.message}`,
        serving.face,
        point,
        { at: address },
        serving.unheard,
      );
    });
  });
  return [...drawn, ...readOf(scene, design, processes), ...stepsOf(scene, design, processes)];
}

/** Consumers have one record in hand at a time. */
function readOf(scene: ChainScene, design: DesignFigure, processes: ReadonlyMap<string, Process>): Moving[] {
  return [...design.passages].flatMap(([address, { path, at }]) => {
    const process = processes.get(address);
    if (!process?.current || process.group === null || process.condition !== 'up') return [];
    return [
      tokenAt(scene, `${address}/current`, process.current, roadOf(path).at(at), { at: address }, false),
    ];
  });
}

/** What the API does by itself, at the stop of each step. */
function stepsOf(scene: ChainScene, design: DesignFigure, processes: ReadonlyMap<string, Process>): Moving[] {
  const serving = processes.get(design.id)?.serving ?? [];
  return [...design.steps].flatMap(([step, { x, y }]) =>
    serving
      .filter((one) => one.step === step)
      .slice(0, 4)
      .map(({ face, unheard }, index) =>
        tokenAt(
          scene,
          `${design.id}/${step}/${face.message}`,
          face,
          { x: x + index * 5, y },
          { at: step },
          unheard,
        ),
      ),
  );
}

/** What is on its way between two processes. */
function sentOf(scene: ChainScene, design: DesignFigure, view: View, options: MovingOptions): Moving[] {
  return view.tokens.flatMap((token) => {
    const [face] = token.faces;
    if (!face) return [];
    const share = options.reducedMotion ? 0.5 : shareOf(token, view.time);
    const where = { from: token.from, to: token.to };
    const show = (point: Point) => [tokenAt(scene, token.id, face, point, where, token.held)];
    if (design.clientWay && token.from === design.client && token.to === design.id)
      return show(roadOf(design.clientWay).at(share));
    if (design.clientWay && token.to === design.client && token.from === design.id)
      return show(roadOf(design.clientWay).at(1 - share));
    const asked = token.from === design.id ? design.passages.get(token.to) : undefined;
    if (asked) return show(token.held ? heldAt(asked) : pointAt(asked, share * comesIn));
    const answered = token.to === design.id ? design.passages.get(token.from) : undefined;
    if (answered) return show(pointAt(answered, 1 - comesIn + share * comesIn));
    const way = design.ways.get(`${token.from}>${token.to}`);
    return way ? show(roadOf(way).at(share)) : [];
  });
}

/** How far a service has come with an order, as a share of its passage. */
function shareAt({ since, until }: Serving, now: number): number {
  if (until === null || until <= since) return 0.5;
  const done = Math.max(0, Math.min(1, (now - since) / (until - since)));
  return comesIn + (1 - 2 * comesIn) * done;
}

/** One that hangs comes to its stop as usual, and stays there until it goes on. */
function hangShare({ since, until }: Serving, now: number): number {
  const come = Math.min(1, (now - since) / arrival);
  const go = until === null ? 0 : Math.max(0, 1 - (until - now) / arrival);
  return comesIn + (0.5 - comesIn) * come + (0.5 - comesIn) * go;
}

/** `clear`: px from the stop that it keeps, as far as its road is that long. */
function pointAt({ path, legs, at }: Passage, share: number, clear = 0): Point {
  const road = roadOf(path);
  const kept = Math.min(clear / Math.max(1, road.length), at, legs === 1 ? 1 - at : at);
  if (legs === 1 && share >= 0.5) return road.at(Math.max(at + kept, at + (share - 0.5) * 2 * (1 - at)));
  const out = share < 0.5 ? share * 2 : (1 - share) * 2;
  return road.at(Math.min(at - kept, out * at));
}

/** Short of the gap of a cut. */
function heldAt({ path, legs, at }: Passage): Point {
  const road = roadOf(path);
  return road.at(legs === 1 ? at * 0.2 : Math.max(0, 1 - 44 / road.length));
}

/** Without motion orders stand before their stop, one behind the other. */
function queuedAt({ path, legs, at }: Passage, rank: number, radius: number): Point {
  const road = roadOf(path);
  const stop = legs === 1 ? at : 1;
  return road.at(Math.max(0, stop - (rank * (2 * radius + 3)) / Math.max(1, road.length)));
}

function tokenAt(
  scene: ChainScene,
  id: string,
  face: Face,
  { x, y }: Point,
  where: Moving['where'],
  held: boolean,
): Moving {
  return { id, x, y, face, radius: scene.tokenRadius, delivery: 1, label: null, held, behind: 0, where };
}

function withNumber(token: Moving, { size }: ChainScene, { selected }: MovingOptions): Moving {
  if (token.face.message !== selected) return token;
  const text = shortLabel(token.face.label);
  const y = token.y + token.radius + 15;
  const x = Math.min(Math.max(token.x, 24), size.width - 24);
  return {
    ...token,
    label: label(x, y, text, { size: 14, weight: 700, mono: true, anchor: 'middle', halo: true }),
  };
}

/** Too many to draw one by one: the line swells where they are, and each stop says how many. */
function bandsOf(design: DesignFigure, processes: ReadonlyMap<string, Process>): DrawnBand[] {
  const counts = [...design.passages].map(([address, { path, legs }]) => ({
    path: legs === 1 ? path : lastPart(path),
    count: processes.get(address)?.inHand ?? 0,
  }));
  const most = Math.max(1, ...counts.map(({ count }) => count));
  return counts
    .filter(({ count }) => count > 0)
    .map(({ path, count }) => ({
      path,
      width: 4 + (12 * count) / most,
      // The API says how many there are; each stop says its own.
      label: label(0, 0, '', { size: 14 }),
    }));
}

function lastPart(path: Path): Path {
  const { length } = roadOf(path);
  return partOf(path, Math.max(0, 1 - 36 / Math.max(36, length)), 1);
}
