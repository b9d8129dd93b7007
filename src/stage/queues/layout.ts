/** Where everything on a stage of queues stands: a pure function of the view and the size. */
import type { Address, Lane, Process } from '../../kernel/shape';
import type { View } from '../../scenario/host';
import { label } from '../layout/placer';
import type { Box, Point } from '../layout/scene';
import type { Size } from '../layout/size';
import { fitText } from '../layout/text-width';
import { displayName } from '../names';
import { pathOf } from '../shapes/paths';
import { isUpright, roomsOf, type Rooms } from './columns';
import { drawDeaths } from './deaths';
import { elbow, msSince, textOn, type Draw, type Place } from './draw';
import { drawHand, isGone, type Hand } from './hands';
import { modelOf, type Queue } from './model';
import { drawHandles, drawPile, type PilePlace } from './piles';
import { at, circlePath, measuresOf, of, Pen, type QueueScene } from './scene';
import { drawStack } from './stacks';
import { drawStores } from './stores';
import { drawPublishing, drawRoutes, drawSwitch } from './switches';
import { drawTitle } from './titles';
import { drawTakings, type Taking } from './takings';
import { queueWords, type QueueWords } from './words.en';

export interface QueueOptions {
  readonly captions?: Readonly<Record<Address, string>>;
  readonly words?: QueueWords;
}

export function queueLayout(view: View, size: Size, options: QueueOptions = {}): QueueScene {
  const { captions = {}, words = queueWords } = options;
  const m = measuresOf(size.mode);
  const model = modelOf(view);
  const rooms = roomsOf(model, size, m);
  const pen = new Pen(size.width, rooms.height);
  const draw: Draw = { pen, m, model, view, words, captions, upright: isUpright(model, size, m) };
  const places = new Map<Address, Place>();
  for (const one of model.switches) {
    const { middle, radius } = rooms.switches.get(one.address)!;
    places.set(one.address, drawSwitch(draw, one, middle, radius));
  }
  for (const one of model.deadSwitches) {
    const { middle, radius } = rooms.deadSwitches.get(one.address)!;
    const ends = model.deaths.flatMap(({ from, past }) =>
      past === one ? (rooms.queues.get(from.address) ?? []) : [],
    );
    const isAbove = ends.some(({ y, height }) => y + height < middle.y + radius);
    places.set(one.address, drawSwitch(draw, one, middle, radius, true, isAbove));
  }
  for (const queue of model.queues) places.set(queue.address, drawQueue(draw, queue, rooms.queues.get(queue.address)!, false)); // prettier-ignore
  for (const queue of model.graves) places.set(queue.address, drawQueue(draw, queue, rooms.graves.get(queue.address)!, true)); // prettier-ignore
  const hands = drawHands(draw, rooms);
  drawTakings(draw, takingsOf(draw, hands, places), rooms.gap);
  handles(draw, hands, places);
  for (const [address, place] of functionsOf(draw, hands)) places.set(address, place);
  for (const one of model.switches) drawRoutes(draw, one, places.get(one.address)!, places, rooms.bus);
  drawSources(draw, rooms, places);
  drawDeaths(draw, places);
  drawStores(draw, rooms.stores, hands);
  drawFaults(draw);
  fallbackRoads(draw, rooms, places, hands);
  if (pen.items.length === 0)
    pen.text(size.width / 2, rooms.height / 2, words.empty, { size: 16, anchor: 'middle', tone: 'ink2' });
  return pen.scene(size, rooms.height, m.token);
}

function drawQueue(draw: Draw, queue: Queue, room: Box, isGrave: boolean): Place {
  if (queue.shape === 'stack') return drawStack(draw, queue, room, isGrave);
  if (queue.shape === 'pile') return drawPile(draw, queue, room, isGrave);
  return drawLane(draw, queue, room);
}

/** A partition in brief, beside the queues of others: its newest records, open at the right. */
function drawLane(draw: Draw, lane: Lane, area: Box): Place {
  const { pen, m, words } = draw;
  const head = drawTitle(draw, { ...area, height: 0 }, lane.place, words.partition(lane.index), String(lane.logEnd)); // prettier-ignore
  const box = { ...area, y: area.y + head, height: m.slot };
  pen.stroke(`M${box.x} ${box.y}H${box.x + box.width}M${box.x} ${box.y + box.height}H${box.x + box.width}M${box.x} ${box.y}v${box.height}`, 'stroke bold'); // prettier-ignore
  const fitting = Math.max(1, Math.floor(box.width / m.slot));
  lane.cells.slice(-fitting).forEach((cell, index) => {
    const x = box.x + (index + 0.5) * m.slot;
    const radius = m.slot / 2 - 5;
    pen.stroke(`M${x + m.slot / 2} ${box.y}v${box.height}`, 'stroke ink3');
    pen.face(cell.face, x, box.y + m.slot / 2, radius, { text: textOn(cell.face, radius) });
    const own = { x: x - m.slot / 2, y: box.y, width: m.slot, height: m.slot };
    pen.item(`cell/${lane.address}/${cell.offset}`, `${cell.face.label}, ${words.saysOffset(cell.offset)}`, own, of(cell.face.message)); // prettier-ignore
  });
  pen.item(`queue/${lane.address}`, `${lane.place} ${words.partition(lane.index)}`, box, at(lane.address));
  const middle = box.y + box.height / 2;
  return { box, top: area.y, in: { x: box.x, y: middle }, out: { x: box.x + box.width, y: middle } };
}

function drawHands(draw: Draw, rooms: Rooms): ReadonlyMap<Address, Hand> {
  const hands = new Map<Address, Hand>();
  for (const { process, reads } of draw.model.consumers) {
    const room = rooms.hands.get(process.address);
    const queues = draw.model.queues.filter(({ address }) => reads.includes(address));
    if (room) hands.set(process.address, drawHand(draw, process, queues, room));
  }
  return hands;
}

/** Topics lead to functions by their names; which process is whose code is told by their names, or by there being one. */
function functionsOf({ model }: Draw, hands: ReadonlyMap<Address, Hand>): [Address, Place][] {
  const all = [...hands.values()].filter(({ process }) => process.environments);
  return model.switches.flatMap(({ routes }) =>
    routes.flatMap(({ to }): [Address, Place][] => {
      const name = to.split('/').at(-1);
      const hand = all.find(({ process }) => process.name === name || process.address === to) ?? (all.length === 1 ? all[0] : undefined);
      if (!hand || model.queues.some(({ address }) => address === to) || model.switches.some(({ address }) => address === to)) return [];
      const { x, y } = hand.entry;
      return [[to, { box: { x, y: y - 8, width: 16, height: 16 }, top: y - 8, in: { x, y }, out: { x, y } }]];
    }),
  );
} // prettier-ignore

/** Each line from a queue to one who takes from it. */
function takingsOf(draw: Draw, hands: ReadonlyMap<Address, Hand>, places: ReadonlyMap<Address, Place>): Taking[] {
  const { model } = draw;
  return model.queues.flatMap((queue) =>
    model.consumers.flatMap(({ process, reads }): Taking[] => {
      const hand = hands.get(process.address);
      const place = places.get(queue.address);
      const only = reads.length === 0 && model.queues.length === 1;
      return hand && place && (only || reads.includes(queue.address)) ? [{ queue, place, hand }] : [];
    }),
  );
} // prettier-ignore

function handles(draw: Draw, hands: ReadonlyMap<Address, Hand>, places: ReadonlyMap<Address, Place>): void {
  if (draw.m.mode === 'phone') return;
  for (const queue of draw.model.queues) {
    if (queue.shape !== 'pile') continue;
    const place = places.get(queue.address) as PilePlace;
    const entries = new Map<string, Point>();
    for (const [address, { entry }] of hands)
      entries.set(address, { x: place.out.x, y: wallY(place, entry.y) });
    drawHandles(draw, queue, place, entries);
  }
}

/** The height on a wall that is nearest to a worker's line. */
export function wallY({ box }: Place, y: number): number {
  return Math.max(box.y + 12, Math.min(box.y + box.height - 12, y));
}

function drawSources(draw: Draw, rooms: Rooms, places: ReadonlyMap<Address, Place>): void {
  const { pen, m, model, captions, words } = draw;
  model.sources.forEach(({ process, to }, index) => {
    const spot = spotOf(draw, rooms.sources.get(process.address)!, to.map((address) => places.get(address)));
    const gone = isGone(process);
    const from = { x: spot.x + m.stop + 1, y: spot.y };
    const targets = to.flatMap((address) => (places.has(address) ? [{ address, place: places.get(address)! }] : []));
    targets.forEach(({ address, place }, each) => {
      const isDown = each > 0 || (draw.upright && place.box.y > spot.y + 20);
      const start = isDown ? { x: spot.x, y: spot.y + m.stop + 1 } : from;
      const path = drawPublishing(draw, start, place, isDown ? spot.x : Math.min(place.in.x - 16, spot.x + 70), gone);
      pen.road(process.address, address, [from, ...path.slice(1)]);
      if (!model.switches.some((one) => one.address === address))
        for (const exchange of model.passed) pen.road(process.address, exchange, [from, ...path.slice(1)]);
    });
    pen.over(circlePath(spot.x, spot.y, m.stop), gone ? 'outline thin' : 'outline bold');
    const name = fitText(displayName(process.name), 150, m.name, 600);
    pen.text(spot.x - m.stop, spot.y - 28, name, { size: m.name, weight: 600 });
    const state = sourceState(draw, process) ?? captions[process.address] ?? null;
    const tone = gone ? 'red' : 'ink2';
    if (state)
      pen.place(label(spot.x - m.stop, spot.y - 12, state, { size: 14, tone, weight: gone ? 600 : 400 }), label(spot.x - m.stop, spot.y + 22, fitText(state, 150, 14), { size: 14, tone }));
    const box = { x: spot.x - m.stop - 3, y: spot.y - 38, width: 110, height: 48 };
    pen.item(`process/${process.address}/${index}`, words.saysSource(displayName(process.name), state ?? words.waiting), box, at(process.address), spot.y);
  });
} // prettier-ignore

/** A publisher that is alone stands at the height of the queue it publishes to, so that its line is straight. */
function spotOf(draw: Draw, spot: Point, to: readonly (Place | undefined)[]): Point {
  const [first] = to;
  const isAlone = draw.model.sources.length === 1;
  const isBeside = !draw.upright || (first && first.box.y < 60);
  return isAlone && first && isBeside ? { ...spot, y: first.in.y } : spot;
}

function sourceState(draw: Draw, { condition, conditionSince }: Process): string | null {
  const { words } = draw;
  if (condition === 'down') return words.down(msSince(draw, conditionSince));
  if (condition === 'crashed') return words.crashed(null);
  return condition === 'up' ? null : words[condition];
}

/** A cut or slow link says so where its road is half way. */
function drawFaults({ pen, view, model }: Draw): void {
  for (const { from, to, cut } of view.links) {
    const known = new Set([...model.sources, ...model.consumers].map(({ process }) => process.address));
    const end = known.has(from) ? from : known.has(to) ? to : null;
    if (end === null) continue;
    for (const [key, path] of pen.routes) {
      const [start, stop] = key.split('>');
      if (start !== end && stop !== end) continue;
      const middle = halfway(path);
      if (cut) {
        pen.over(`M${middle.x - 5} ${middle.y - 9}v18h10v-18Z`, 'plate');
        pen.over(`M${middle.x - 5} ${middle.y - 8}v16M${middle.x + 5} ${middle.y - 8}v16`, 'stroke bold red');
      } else pen.sign('slow', middle.x, middle.y);
      break;
    }
  }
}

function halfway(path: readonly Point[]): Point {
  const [a, b] = [path[0], path[1] ?? path[0]];
  return { x: Math.round((a.x + b.x) / 2), y: Math.round((a.y + b.y) / 2) };
}

/** What is on a way that is not drawn goes along a plain one, so that nothing on its way is missing. */
function fallbackRoads(draw: Draw, rooms: Rooms, places: ReadonlyMap<Address, Place>, hands: ReadonlyMap<Address, Hand>): void {
  const { pen, view } = draw;
  const outOf = (address: Address): Point | null => places.get(address)?.out ?? hands.get(address)?.entry ?? rooms.sources.get(address) ?? null;
  const into = (address: Address): Point | null => places.get(address)?.in ?? hands.get(address)?.entry ?? rooms.sources.get(address) ?? null;
  for (const { from, to } of view.tokens) {
    if (pen.routes.has(`${from}>${to}`)) continue;
    const back = pen.routes.get(`${to}>${from}`);
    const [start, end] = [outOf(from), into(to)];
    if (back) pen.road(from, to, back.toReversed());
    else if (start && end && from !== to) {
      const path = elbow(start, end, (start.x + end.x) / 2);
      pen.stroke(pathOf(path), 'stroke ink3 dashed');
      pen.road(from, to, path);
    }
  }
} // prettier-ignore
