/** Lines between a queue and those who take from it: RabbitMQ pushes, a receiver of SQS asks, a consumer of a log reads. */
import type { Slots } from '../../kernel/shape';
import { label } from '../layout/placer';
import type { Point } from '../layout/scene';
import { pathOf } from '../shapes/paths';
import { arrow, elbow, msSince, wire, type Draw, type Place } from './draw';
import { isGone, type Hand } from './hands';
import type { Queue } from './model';
import { rect } from './scene';

export interface Taking {
  readonly queue: Queue;
  readonly place: Place;
  readonly hand: Hand;
}

/** How long a return of messages to their queue is worth showing. */
const returnedMs = 4000;

export function drawTakings(draw: Draw, takings: readonly Taking[], gap: { from: number; to: number }): void {
  const room = gap.to - gap.from;
  takings.forEach((taking, index) => {
    const { queue, hand } = taking;
    const own = takings.filter((one) => one.queue === queue);
    const among = own.indexOf(taking);
    const step = Math.min(13, (room - 24) / Math.max(1, takings.length));
    const bend = gap.to - 12 - (takings.length - 1 - index) * step;
    const from = startOf(taking, among, own.length);
    const path = elbow(from, hand.entry, bend);
    drawLine(draw, taking, path);
    draw.pen.road(queue.address, hand.process.address, path);
    if (queue.shape === 'stack') drawTether(draw, taking, among, bend - 6);
    if (queue.shape === 'stack') drawReturned(draw, taking);
  });
}

/** A queue gives from its head; a bag gives anywhere, a log along its whole length. */
function startOf({ queue, place, hand }: Taking, among: number, count: number): Point {
  const { box, out } = place;
  if (queue.shape === 'stack') return out;
  if (queue.shape === 'lane') return out;
  // Lanes may be fewer than there is room for.
  const lanesEnd = 2 * place.in.y - box.y;
  if (queue.type === 'fifo') return { x: out.x, y: Math.max(box.y + 10, Math.min(lanesEnd - 10, hand.entry.y)) };
  const y = hand.entry.y > box.y + 8 && hand.entry.y < box.y + box.height - 8 ? hand.entry.y : box.y + ((among + 1) / (count + 1)) * box.height;
  return { x: out.x, y: Math.round(y) };
} // prettier-ignore

function drawLine(draw: Draw, { queue, hand }: Taking, path: readonly Point[]): void {
  const { pen } = draw;
  const { process } = hand;
  const consumer = queue.shape === 'stack' ? queue.consumers.find((one) => one.process === process.address) : undefined; // prettier-ignore
  const isIdle = consumer !== undefined && !consumer.isActive;
  const look = isGone(process) ? 'stroke dashed' : isIdle ? 'stroke thin dashed' : 'stroke bold';
  wire(pen, path, look);
  if (isGone(process)) return;
  if (queue.shape === 'stack') arrow(pen, { x: hand.entry.x - 1, y: hand.entry.y }, 'right');
  else if (queue.shape === 'pile') arrow(pen, { x: path[0].x + 1, y: path[0].y }, 'left');
  if (isIdle) pen.place(label(hand.entry.x + 2, hand.entry.y - 24, draw.words.inactive, { size: 14, tone: 'ink2' })); // prettier-ignore
}

/** Each slot is tied back to the queue: at the wall, above the head, where it would go back to. */
function drawTether(draw: Draw, { queue, place, hand }: Taking, among: number, bend: number): void {
  const { pen, words } = draw;
  const { tether, process } = hand;
  const own = ownSlots(process.slots, queue.address);
  if (!tether || own.length === 0 || isGone(process)) return;
  const railY = tether.y + 9;
  const wall = { x: place.box.x + place.box.width, y: tetherY(place, draw, among) };
  const slot = draw.m.slot;
  const ends = own.map((index) => tether.from + index * slot).filter((x) => x <= tether.to + 1);
  if (ends.length === 0) return;
  const rail = ends.map((x) => `M${x} ${tether.y}V${railY}`).join('');
  const path = elbow({ x: Math.max(...ends), y: railY }, wall, bend, 6);
  pen.stroke(`${rail}${pathOf(path)}`, 'stroke');
  pen.over(rect({ x: wall.x - 3, y: wall.y - 3, width: 6, height: 6 }), 'outline thin');
  const text = words.unacked(own.length);
  pen.place(label(ends[0] + 2, railY + 15, text, { size: 14, tone: 'ink2' }));
} // prettier-ignore

/** Slots that hold messages of one queue, by their place in the row. */
function ownSlots(slots: Slots | undefined, queue: string): number[] {
  return (slots?.messages ?? []).flatMap((message, index) => (message.queue === queue ? [index] : []));
}

function tetherY({ box }: Place, { m }: Draw, among: number): number {
  return Math.max(box.y + 6, box.y + box.height - m.row - 7 - among * 9);
}

/** What came back without an acknowledgement: a red line from where it was, with its arrow at the queue. */
function drawReturned(draw: Draw, { queue, place, hand }: Taking): void {
  const { pen, words, m } = draw;
  const returned = queue.shape === 'stack' ? queue.returned : null;
  if (!returned || returned.process !== hand.process.address || msSince(draw, returned.at) > returnedMs)
    return;
  const y = Math.max(place.box.y + 10, place.box.y + place.box.height - m.row * 1.9);
  const wall = { x: place.box.x + place.box.width + 1, y };
  const from = { x: hand.entry.x, y: hand.entry.y + m.slot / 2 + 7 };
  const path = elbow(from, wall, hand.entry.x - 18, 6);
  pen.over(pathOf(path), 'stroke red dashed');
  pen.over(`M${wall.x} ${wall.y}l8 -5v10Z`, 'solid red');
  const style = { size: 14, weight: 600, tone: 'red', halo: true } as const;
  pen.place(
    label(hand.entry.x + 2, from.y + 8, words.wentBack(returned.count), style),
    label(hand.entry.x + 2, from.y + 22, words.wentBack(returned.count), style),
  );
}
