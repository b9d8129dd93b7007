/** The chain of calls: browser, API, and the services it calls, one after the other or all at once. */
import type { Label, Point } from '../layout/scene';
import { apiOf, clientOf } from './heads';
import { cornered, lineOf, partOf, sharesOf, type LinePlan } from './line';
import { isGone, phonePerRow, phonePitch, type Block, type ChainPlan, type Form } from './plan';
import type { ArrowFigure, DesignFigure, LineFigure, Passage, Path, StopFigure } from './scene';
import { roadOf } from '../tokens/draw-list';
import { namesOf, stationOf, type StopPlace } from './stops';

interface Room {
  readonly client: Point;
  readonly head: Point;
  readonly line: LinePlan;
  readonly perRow: number;
  readonly home: number;
}

export function callsOf(plan: ChainPlan, block: Block, titleRoom: number): Omit<DesignFigure, 'title'> {
  const { design, row, form } = block;
  const { stations, head, mode } = design;
  const room = roomOf(plan, block, titleRoom);
  const client = clientOf(plan, block, room.client, clientPlaces(plan, room, form));
  const api = apiOf(plan, block, room.head, apiPlaces(block, room, form));
  const parallel = mode === 'parallel';
  const stubs = parallel ? stubsOf(room, form) : [];
  const passed = stations.map((_, index): Passage =>
    parallel ? { path: stubs[index], legs: 2, at: 1 } : throughStop(room.line, index),
  );
  for (const path of parallel ? stubs : [room.line.loop]) blockWay(plan, path, parallel);
  const places = placesOf(plan, room, form, row, passed);
  const names = stations.map((process, index) => namesOf(plan, process, places[index]));
  const stops = stations.map((process, index) =>
    stationOf(plan, process, places[index], names[index], { index, of: stations.length, head }),
  );
  const way = [room.client, room.head];
  return {
    id: design.id,
    lines: [
      ...(client ? [{ id: `${design.id}/client`, path: way, form: 'way' } as const] : []),
      ...(parallel
        ? fanLines(design.id, stubs, stops)
        : [{ id: `${design.id}/line`, path: room.line.loop, form: 'way' } as const]),
    ],
    arrows: parallel ? [] : arrowsOf(room),
    stops: [...(client ? [client] : []), api, ...stops],
    strip: null,
    passages: new Map(stations.map(({ address }, index) => [address, passed[index]])),
    steps: new Map(),
    client: design.client?.address ?? null,
    clientWay: way,
    ways: new Map(),
    orders: head.inHand ?? 0,
  };
}

/** Nothing is written on a line. */
function blockWay({ placer }: ChainPlan, path: Path, isFan: boolean): void {
  path.slice(1).forEach((to, index) => {
    const from = path[index];
    // What hangs at a stub may be said across it.
    if (isFan && from.x === to.x) return;
    const [x, y] = [Math.min(from.x, to.x) - 2, Math.min(from.y, to.y) - 2];
    placer.block({ x, y, width: Math.abs(to.x - from.x) + 4, height: Math.abs(to.y - from.y) + 4 });
  });
}

function roomOf(plan: ChainPlan, { design, top, form }: Block, titleRoom: number): Room {
  const { pad, size } = plan;
  const count = design.stations.length;
  if (form === 'phone') {
    const head = { x: pad + 24, y: top + titleRoom + 34 };
    const home = pad + 4;
    const left = home + 58;
    const right = size.width - 54;
    const line = lineOf(count, {
      ...{ head, home, left, right, perRow: phonePerRow, top: top + titleRoom + 98, pitch: phonePitch },
      ...{ turnRight: size.width - pad - 2, turnLeft: home + 14 },
    });
    return { client: { x: size.width - pad - 8, y: head.y }, head, line, perRow: phonePerRow, home };
  }
  const [first, pitch] = form === 'roomy' ? [52, 98] : form === 'near' ? [37, 74] : [52 + titleRoom, 28];
  const perRow = form === 'slim' ? count : Math.max(2, Math.ceil(count / 2));
  const head = { x: pad + 128, y: top + first + pitch / 2 };
  const line = lineOf(count, {
    ...{ head, home: head.x, perRow, top: top + first, pitch },
    left: pad + (form === 'slim' ? 262 : 252),
    right: size.width - pad - (form === 'slim' ? 44 : 54),
    turnRight: size.width - pad - 6,
    turnLeft: head.x,
  });
  return { client: { x: pad + 10, y: head.y }, head, line, perRow, home: head.x };
}

function placesOf(
  plan: ChainPlan,
  { line, perRow }: Room,
  form: Form,
  row: number,
  passed: readonly Passage[],
): StopPlace[] {
  const { stops } = line;
  const column = stops.length > 1 ? Math.abs(stops[1].x - stops[0].x) : 200;
  return stops.map((stop, index): StopPlace => {
    const isSlim = form === 'slim';
    const isFan = passed[index].legs === 2;
    const below = !isSlim && (form !== 'phone' || isFan) && stop.row % 2 === 1;
    return {
      ...{ x: stop.x, y: stop.y },
      row: row + 10 + stop.row,
      nameAt: below ? 'below' : 'above',
      room: (perRow === 1 ? 200 : isSlim ? 2 * column : column) - 6,
      lift: isSlim && index % 2 === 1 ? 17 : 0,
      number: (form === 'roomy' || form === 'near') && !isFan ? index + 1 : null,
      hung: hungIn(plan, form),
      ...entryOf(passed[index]),
    };
  });
}

/** In one row a ring must not push names into those of the neighbours. */
function hungIn({ token }: ChainPlan, form: Form): StopPlace['hung'] {
  if (form === 'roomy') return { radius: 16, ring: 23 };
  return form === 'slim' ? { radius: token - 1, ring: token + 4 } : { radius: token + 3, ring: token + 10 };
}

/** Where a cut between the API and the stop is drawn: on the way in. */
function entryOf({ path, legs, at: stop }: Passage): Pick<StopPlace, 'gap' | 'upright'> {
  const road = roadOf(path);
  const share = legs === 1 ? stop * 0.45 : Math.max(0, 1 - 22 / road.length);
  const [gap, next] = [road.at(share), road.at(share + 0.01)];
  return { gap, upright: Math.abs(next.x - gap.x) < Math.abs(next.y - gap.y) };
}

/** From halfway before the stop to halfway behind it. */
function throughStop({ loop, shares }: LinePlan, index: number): Passage {
  const here = shares[index];
  const before = index === 0 ? here / 2 : (shares[index - 1] + here) / 2;
  const after = index + 1 === shares.length ? (here + 1) / 2 : (here + shares[index + 1]) / 2;
  const path = partOf(loop, before, after);
  return { path, legs: 1, at: (here - before) / (after - before) };
}

/** From the API to each stop, along a trunk and a bus between two rows. */
function stubsOf({ head, line, home }: Room, form: Form): Path[] {
  return line.stops.map(({ x, y, row }) => {
    const pair = line.stops.filter((stop) => Math.floor(stop.row / 2) === Math.floor(row / 2));
    const rows = [...new Set(pair.map((stop) => stop.y))];
    const bus = form === 'phone' ? rows[0] + phonePitch / 2 : form === 'slim' ? rows[0] + 28 : head.y;
    const trunk = bus === head.y ? [] : form === 'phone' ? [{ x: home, y: head.y }, { x: home, y: bus }] : [{ x: head.x, y: bus }]; // prettier-ignore
    // Only the last ones bend off the bus: a bend at every stop looks like an arrow.
    const isLast = pair.every((stop) => stop.x <= x);
    const branch = [
      { x, y: bus },
      { x, y },
    ];
    return isLast
      ? cornered([head, ...trunk, ...branch], 10)
      : [...cornered([head, ...trunk, branch[0]], 10), branch[1]];
  });
}

function fanLines(id: string, stubs: readonly Path[], stops: readonly StopFigure[]): LineFigure[] {
  return stubs.map((path, index) => ({
    id: `${id}/stub/${index}`,
    path,
    form: stops[index].process && isGone(stops[index].process) ? 'expected' : 'way',
  }));
}

/** Out after the API, and home before it. */
function arrowsOf({ line, head }: Room): ArrowFigure[] {
  const [first] = line.stops;
  const top = first ? first.y : head.y;
  const out = first ? Math.min(first.x - 34, head.x + 66) : head.x + 40;
  const arrows: ArrowFigure[] = [{ x: out, y: top, towards: 'right' }];
  const last = line.stops.at(-1);
  if (last && line.bottom !== top) arrows.push({ x: out - 12, y: line.bottom, towards: 'left' });
  return arrows.filter(({ x, y }) => sharesOf(line.loop, [{ x, y }])[0] < 1);
}

type Places = Parameters<typeof clientOf>[3];
const at = (x: number, y: number, anchor: Label['anchor'] = 'start') => ({ x, y, anchor });

function clientPlaces({ pad }: ChainPlan, { client }: Room, form: Form): Places {
  const { x, y } = client;
  if (form === 'phone') {
    return {
      name: [at(x + 9, y - 18, 'end')],
      lines: [at(x - 46, y - 18, 'end'), at(x - 14, y + 22, 'end'), at(x - 14, y + 39, 'end')],
    };
  }
  return {
    name: [at(pad + 2, y - 19)],
    lines: [at(pad + 2, y + 29), at(pad + 2, y + 47), at(pad + 2, y - 37), at(pad + 62, y - 19)],
  };
}

function apiPlaces({ design }: Block, { head, line }: Room, form: Form): Places {
  const { x, y } = head;
  const right = x + 18;
  if (form === 'phone') {
    return { name: [at(x - 8, y - 18)], lines: [at(x + 16, y + 21)] };
  }
  if (form === 'slim') {
    return { name: [at(right, y - 24), at(right, y + 5)], lines: [at(right, y + 5), at(right, line.bottom + 20), at(right, line.bottom + 38)] }; // prettier-ignore
  }
  // In parallel the bus leaves to the right of it.
  const gap = design.mode === 'parallel' ? 4 : 0;
  return {
    name: [at(right, y - 3 - gap), at(right, y - 7 - gap)],
    lines: [at(right, y + 15 + gap), at(right, y + 33 + gap), at(right + 120, y + 33 + gap)],
  };
}
