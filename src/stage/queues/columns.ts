/** Where each thing has its room: beside each other from the publisher to the worker, or below each other on a phone. */
import type { Address, Process } from '../../kernel/shape';
import type { Box, Point } from '../layout/scene';
import type { Size } from '../layout/size';
import type { Model, Queue } from './model';
import type { Measures } from './scene';

/** Rooms of one instant. What is a map has the room of each thing by its address. */
export interface Rooms {
  readonly height: number;
  readonly sources: ReadonlyMap<Address, Point>;
  readonly switches: ReadonlyMap<Address, { readonly middle: Point; readonly radius: number }>;
  readonly deadSwitches: ReadonlyMap<Address, { readonly middle: Point; readonly radius: number }>;
  readonly queues: ReadonlyMap<Address, Box>;
  readonly graves: ReadonlyMap<Address, Box>;
  readonly hands: ReadonlyMap<Address, Box>;
  /** One below the other, under everything else. */
  readonly stores: readonly Box[];
  /** Where bindings that lead to one queue merge: x; below each other, y of their way to the left edge. */
  readonly bus: number;
  /** Between the queues and the workers. */
  readonly gap: { readonly from: number; readonly to: number };
}

/** A band of the picture: a queue, and those who take from it first of all. */
interface Band {
  readonly queue: Queue | null;
  readonly takers: readonly Process[];
  readonly least: number;
}

function bandsOf(model: Model, m: Measures, isUpright: boolean): Band[] {
  const bands = model.queues.map((queue): Band => {
    const takers = model.consumers.filter(({ reads }) => homeOf(model, reads) === queue.address);
    const title = isUpright ? 36 : 4;
    const least = Math.max(leastOf(queue, m), takers.length * m.consumer + title);
    return { queue, takers: takers.map(({ process }) => process), least };
  });
  const homeless = model.consumers.filter(({ reads }) => homeOf(model, reads) === null);
  if (homeless.length === 0) return bands;
  return [...bands, { queue: null, takers: homeless.map(({ process }) => process), least: homeless.length * m.consumer }]; // prettier-ignore
}

/** A worker stands beside the first queue it takes from. */
function homeOf({ queues }: Model, reads: readonly Address[]): Address | null {
  const home = queues.find(({ address }) => reads.includes(address));
  return home?.address ?? (reads.length === 0 && queues.length === 1 ? queues[0].address : null);
}

function leastOf(queue: Queue, m: Measures): number {
  if (queue.shape === 'lane') return m.slot + 44;
  if (queue.shape === 'pile' && queue.type === 'fifo') return Math.max(m.bandMin - 20, Math.min(4, queue.groups.length) * 34 + 40);
  return m.bandMin;
} // prettier-ignore

/** Shares a height out to bands: what each needs, then more to those whose pictures grow. */
function heightsOf(bands: readonly Band[], room: number): number[] {
  const needed = bands.reduce((sum, { least }) => sum + least, 0);
  const growing = bands.filter(({ queue }) => queue !== null && queue.shape !== 'lane').length;
  const more = growing === 0 ? 0 : Math.max(0, room - needed) / growing;
  return bands.map(({ queue, least }) =>
    Math.floor(least + (queue !== null && queue.shape !== 'lane' ? more : 0)),
  );
}

/** Whether publishers and exchanges stand above the queues: on a phone, and wherever a queue would be a slit beside them. */
export function isUpright(model: Model, size: Size, m: Measures): boolean {
  const { left, end } = columnsOf(model, size, m);
  return size.mode === 'phone' || end - left < narrowest;
}

export function roomsOf(model: Model, size: Size, m: Measures): Rooms {
  return isUpright(model, size, m) ? below(model, size, m) : beside(model, size, m);
}

const narrowest = 118;

/** Where the columns are: rings, the room for queues, and workers. */
function columnsOf(model: Model, { width }: Size, m: Measures) {
  const hasSwitches = model.switches.length > 0;
  // With nothing between, what a publisher says of itself has room on its line.
  const sourceWidth = hasSwitches ? (m.mode === 'wide' ? 128 : 108) : 156;
  const ringX = m.pad + sourceWidth + m.ring;
  const hands = Math.min(handsWidth(model, m), Math.max(210, width * 0.36));
  const handsX = width - m.pad - hands;
  const left = hasSwitches
    ? ringX + m.ring + keysWidth(model, m) + 34
    : m.pad + Math.max(sourceWidth + 20, model.graves.length > 0 ? m.vessel - 10 : 0);
  return { ringX, hands, handsX, left, end: handsX - (m.mode === 'wide' ? 62 : 46) };
}

function beside(model: Model, size: Size, m: Measures): Rooms {
  const bands = bandsOf(model, m, false);
  const gapBetween = 14;
  const needed = bands.reduce((sum, { least }) => sum + least + gapBetween, 0) - gapBetween;
  const hasGraves = model.graves.length > 0;
  const leftNeeded = leftHeight(model, m) + (hasGraves ? m.grave + 12 : 0);
  const top = m.top - 18;
  const kept = storesHeight(model, m);
  const foot = (model.deaths.length > 0 && m.mode === 'wide' ? 22 : 10) + kept;
  const height = Math.max(size.height, Math.ceil(top + Math.max(needed, leftNeeded) + foot));
  const room = height - top - foot - gapBetween * (bands.length - 1);
  const heights = heightsOf(bands, room);

  const hasSwitches = model.switches.length > 0;
  const onlyStacks = model.queues.every(({ shape }) => shape === 'stack');
  const { ringX, hands, handsX, left, end: queuesEnd } = columnsOf(model, size, m);
  const queueWidth = onlyStacks ? Math.min(m.vessel, queuesEnd - left) : queuesEnd - left;
  const queuesX = queuesEnd - queueWidth;
  const queues = new Map<Address, Box>();
  const handRooms = new Map<Address, Box>();
  let y = top;
  bands.forEach(({ queue, takers }, index) => {
    const box = { x: queuesX, y, width: queueWidth, height: heights[index] };
    if (queue) queues.set(queue.address, queue.shape === 'stack' && !onlyStacks ? { ...box, x: Math.max(box.x, queuesEnd - m.vessel), width: Math.min(box.width, m.vessel) } : box);
    const each = heights[index] / Math.max(1, takers.length);
    takers.forEach(({ address }, taker) => {
      const handHeight = Math.min(each - 4, m.consumer + 40);
      const own = y + taker * each + Math.max(0, (each - handHeight) / 2);
      handRooms.set(address, { x: handsX, y: own, width: hands, height: handHeight });
    });
    y += heights[index] + gapBetween;
  });
  const graveTop = graveY(model, m, queues) ?? height - foot - m.grave;
  const liveBottom = hasGraves && hasSwitches ? graveTop - 16 : height - 10 - kept;
  const left0 = spreadSwitches(model, m, ringX, top, liveBottom);
  return {
    height,
    sources: spreadSources(model, m, top, liveBottom, left0),
    switches: left0,
    ...gravesBeside(model, m, graveTop, queuesX, hasSwitches || m.mode === 'wide'),
    queues,
    hands: handRooms,
    stores: storeRooms(model, m, size.width, height, handsX),
    bus: queuesX - 26 - 8 * Math.max(0, model.queues.length - 1),
    gap: { from: queuesEnd, to: handsX },
  };
} // prettier-ignore

/** What the stores take, one row each. */
function storesHeight({ stores }: Model, m: Measures): number {
  return stores.length === 0 ? 0 : stores.length * m.store + 10;
}

/** Room for the name of a store, before its rows. */
export function storeHead({ mode }: Measures): number {
  return mode === 'phone' ? 104 : 128;
}

/** More rows than this take the whole width. */
const rowsBeside = 3;

/** Under the workers that write to them, as long as their rows fit there. */
function storeRooms({ stores }: Model, m: Measures, width: number, height: number, handsX = 0): Box[] {
  return stores.map(({ rowCount }, index) => {
    const x = rowCount > rowsBeside ? m.pad : Math.max(m.pad, handsX - storeHead(m) - 20);
    return {
      x,
      y: height - (stores.length - index) * m.store - 4,
      width: width - m.pad - x,
      height: m.store - 8,
    };
  });
}

/** What the widest worker takes: its slots and its stops, or what it says of itself. */
function handsWidth({ consumers }: Model, m: Measures): number {
  const widths = consumers.map(({ process }) => {
    const { slots, steps, environments } = process;
    if (environments) return 5 * (m.slot + 8) + 14;
    const stops = Math.max(2, steps.length - 1);
    if (!slots) return 110 + (stops - 1) * 58;
    return Math.min(6, slots.size ?? Math.max(1, slots.messages.length)) * m.slot + 54 + (stops - 1) * 46;
  });
  return Math.max(m.mode === 'wide' ? 240 : 216, ...widths);
}

/** What the longest key takes, within reason. */
function keysWidth(model: Model, m: Measures): number {
  const longest = Math.max(0, ...model.switches.flatMap(({ routes }) => routes.map(({ label }) => label.length)));
  const lines = 8 * Math.max(0, model.queues.length - 1);
  return Math.max(64, Math.min(m.mode === 'wide' ? 160 : 120, longest * 9 + 20)) + lines;
} // prettier-ignore

function leftHeight({ switches, sources }: Model, m: Measures): number {
  return Math.max(switches.length * (2 * m.ring + 62), sources.length * 48 + 20);
}

function spreadSwitches(model: Model, m: Measures, x: number, top: number, bottom: number): Rooms['switches'] {
  const step = (bottom - top) / Math.max(1, model.switches.length);
  const first = model.switches.length === 1 ? Math.min(step / 2, Math.max(m.ring + 40, step * 0.42)) : step / 2 - 8;
  return new Map(
    model.switches.map(({ address }, index) => [
      address,
      { middle: { x, y: Math.round(top + first + index * step) }, radius: m.ring },
    ]),
  );
} // prettier-ignore

/** A publisher stands at the height of what it publishes to, or of its queue. */
function spreadSources({ sources }: Model, m: Measures, top: number, bottom: number, switches: Rooms['switches']): Rooms['sources'] {
  const heights = sources.map(({ to }, index) => {
    const own = to.flatMap((address) => switches.get(address)?.middle.y ?? []);
    return own[0] ?? top + 50 + index * 56;
  });
  const placed: number[] = [];
  const order = heights.map((y, index) => ({ y, index })).sort((a, b) => a.y - b.y || a.index - b.index);
  const many = new Map<number, number>();
  for (const { y } of order) many.set(y, (many.get(y) ?? 0) + 1);
  let last = -Infinity;
  for (const { y, index } of order) {
    const wanted = y - ((many.get(y) ?? 1) - 1) * 27;
    last = Math.max(wanted, last + 54, top + 34);
    placed[index] = Math.min(last, bottom);
  }
  return new Map(sources.map(({ process }, index) => [process.address, { x: m.pad + m.stop + 2, y: placed[index] }]));
} // prettier-ignore

/** Where nothing else stands at the left, a bag of dead letters is at the height of the door they come from. */
function graveY({ switches, deadSwitches, deaths, graves }: Model, m: Measures, queues: ReadonlyMap<Address, Box>): number | null {
  if (switches.length > 0 || deadSwitches.length > 0 || graves.length !== 1) return null;
  const from = deaths.map(({ from }) => queues.get(from.address)).find((box) => box !== undefined);
  return from ? Math.round(Math.max(from.y + 78, from.y + 30 + (from.height - 30) * 0.72 - m.grave * 0.6)) : null;
} // prettier-ignore

/** Dead letters go back towards the left, under what is alive: past their exchange, into what keeps them. */
function gravesBeside(
  { graves, deadSwitches }: Model,
  m: Measures,
  top: number,
  queuesX: number,
  isRoomy: boolean,
): Pick<Rooms, 'graves' | 'deadSwitches'> {
  const radius = Math.max(26, m.ring - 8);
  const ringsX = queuesX - (isRoomy ? 74 : 60);
  // Publishers' lines run down at the left edge.
  const start = m.pad + (deadSwitches.length > 0 ? 0 : 30);
  const room = (deadSwitches.length > 0 ? ringsX - radius - 30 : queuesX - 34) - start;
  const each = Math.max(70, Math.min(m.vessel - 30, room / Math.max(1, graves.length) - 10));
  return {
    graves: new Map(
      graves.map(({ address }, index) => [
        address,
        { x: start + index * (each + 10), y: top, width: each, height: m.grave },
      ]),
    ),
    deadSwitches: new Map(
      deadSwitches.map(({ address }, index) => [
        address,
        { middle: { x: ringsX - index * (2 * radius + 16), y: top - 2 }, radius },
      ]),
    ),
  };
}

/** On a phone: publishers and exchanges above; then row by row a queue, and beside it those who take from it. */
function below(model: Model, size: Size, m: Measures): Rooms {
  const inner = size.width - 2 * m.pad;
  const left = m.pad + 26;
  const bands = bandsOf(model, m, true);
  const { deadSwitches, graves, sources, switches } = model;
  const bound = new Set(switches.flatMap(({ routes }) => routes.map(({ to }) => to)));
  const keyRow = 20;
  const perRow = 2;
  const switchRow = 2 * m.ring + 34;
  const head = Math.max(switches.length > 0 ? Math.ceil(switches.length / perRow) * switchRow + 14 : 0, sources.length * 50 + 8);
  const between = 12;
  const keysOf = ({ queue }: Band): number => (queue && bound.has(queue.address) ? keyRow : 0);
  const graveRow = m.grave + between + (deadSwitches.length > 0 ? 8 : 0);
  const needed = bands.reduce((sum, band) => sum + band.least + keysOf(band) + between, 0) + graves.length * graveRow;
  const kept = storesHeight(model, m);
  const height = Math.max(size.height, Math.ceil(head + needed + 6 + kept));
  const room = height - kept - 6 - head - graves.length * graveRow - bands.reduce((sum, band) => sum + keysOf(band) + between, 0);
  const heights = heightsOf(bands, room);
  const queues = new Map<Address, Box>();
  const hands = new Map<Address, Box>();
  const hasPiles = model.queues.some(({ shape }) => shape !== 'stack');
  const width = Math.round(inner * (hasPiles ? 0.54 : 0.42)) - 12;
  const handsX = left + width + 34;
  let y = head;
  bands.forEach((band, index) => {
    const { queue, takers } = band;
    y += keysOf(band);
    if (queue) queues.set(queue.address, { x: left, y, width, height: heights[index] });
    const each = (heights[index] - 36) / Math.max(1, takers.length);
    takers.forEach(({ address }, taker) =>
      hands.set(address, { x: handsX, y: y + 36 + taker * each, width: size.width - m.pad - handsX, height: each - 8 }),
    );
    y += heights[index] + between;
  });
  const radius = 26;
  const keepX = deadSwitches.length > 0 ? left + 2 * radius + 40 : left;
  const step = (inner * 0.72) / perRow;
  return {
    height,
    sources: new Map(sources.map(({ process }, index) => [process.address, { x: m.pad + m.stop, y: 44 + index * 50 }])),
    switches: new Map(
      switches.map(({ address }, index) => {
        const column = switches.length === 1 ? 0.7 : (index % perRow) + 0.5;
        const middle = { x: Math.round(m.pad + inner * 0.28 + column * step), y: 26 + m.ring + Math.floor(index / perRow) * switchRow };
        return [address, { middle, radius: m.ring }];
      }),
    ),
    deadSwitches: new Map(
      deadSwitches.map(({ address }, index) => [address, { middle: { x: left + radius, y: y + index * graveRow + 40 }, radius }]),
    ),
    queues,
    graves: new Map(
      graves.map(({ address }, index) => [address, { x: keepX, y: y + index * graveRow + 4, width: Math.min(170, size.width - m.pad - keepX), height: m.grave }]),
    ),
    hands,
    stores: storeRooms(model, m, size.width, height),
    bus: head - 6,
    gap: { from: left + width, to: handsX },
  };
} // prettier-ignore
