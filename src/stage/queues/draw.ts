/** What every part of the picture is drawn with, and small figures that several of them need. */
import type { Address, Face } from '../../kernel/shape';
import { toMs, type Time } from '../../kernel/time';
import type { View } from '../../scenario/host';
import type { Box, Point } from '../layout/scene';
import { textWidth } from '../layout/text-width';
import { shortLabel } from '../names';
import { arrowPath, pathOf } from '../shapes/paths';
import type { Model } from './model';
import type { Measures, Pen } from './scene';
import type { QueueWords } from './words.en';

export interface Draw {
  readonly pen: Pen;
  readonly m: Measures;
  readonly model: Model;
  readonly view: View;
  readonly words: QueueWords;
  /** A line about an object, by its address: "publishes 1 a second". */
  readonly captions: Readonly<Record<Address, string>>;
  /** Publishers and exchanges stand above the queues, not beside them. */
  readonly upright: boolean;
}

/** Where something stands that messages come to and leave from. */
export interface Place {
  readonly box: Box;
  /** Where they come in, and where they go out. */
  readonly in: Point;
  readonly out: Point;
  /** Top of its room, above its name. */
  readonly top: number;
  /** Where the dead go out. */
  readonly door?: Point;
}

/** Milliseconds until a time; 0 when it is past. */
export function msUntil({ view }: Draw, time: Time): number {
  return Math.max(0, toMs(time - view.time));
}

/** Milliseconds since a time. */
export function msSince({ view }: Draw, time: Time): number {
  return Math.max(0, toMs(view.time - time));
}

/** What stands on a token of a radius: its label, or what is left of it; null when there is no room for any. */
export function textOn({ label }: Face, radius: number): string | null {
  const fits = (text: string) => textWidth(text, 14, 700) <= 2 * radius - 2;
  return [label, shortLabel(label)].find(fits) ?? null;
}

/** A line that turns at `bend` (x), with its corners cut. */
export function elbow(from: Point, to: Point, bend: number, cut = 9): readonly Point[] {
  if (Math.abs(from.y - to.y) < 1) return [from, to];
  if (Math.abs(bend - from.x) < 1) return [from, { x: from.x, y: to.y - Math.sign(to.y - from.y) * cut }, { x: from.x + cut, y: to.y }, to]; // prettier-ignore
  const down = Math.sign(to.y - from.y);
  const corner = Math.min(cut, Math.abs(to.y - from.y) / 2);
  const before = Math.min(corner, Math.abs(bend - from.x)) * Math.sign(bend - from.x);
  const after = Math.min(corner, Math.abs(to.x - bend)) * Math.sign(to.x - bend);
  return [
    from,
    { x: bend - before, y: from.y },
    { x: bend, y: from.y + down * Math.abs(before) },
    { x: bend, y: to.y - down * Math.abs(after) },
    { x: bend + after, y: to.y },
    to,
  ];
}

/** The same, upright: turns at `bend` (y). */
export function upright(from: Point, to: Point, bend: number, cut = 7): readonly Point[] {
  const turned = ({ x, y }: Point): Point => ({ x: y, y: x });
  return elbow(turned(from), turned(to), bend, cut).map(turned);
}

/** A line on a plate of paper, so that it is seen to pass over others. */
export function wire(pen: Pen, path: readonly Point[], look: string): void {
  pen.stroke(pathOf(path), 'stroke paper under');
  pen.stroke(pathOf(path), look);
}

export function arrow(pen: Pen, { x, y }: Point, towards: 'left' | 'right' | 'down', look = 'solid'): void {
  pen.over(arrowPath(x, y, towards, 8, 5), look);
}

/** A door in a wall: where those go out who are given up. */
export function doorIn(pen: Pen, { x, y }: Point): void {
  pen.over(`M${x - 3} ${y - 8}h6v16h-6Z`, 'outline');
}

/** A whole number that looks random and is always the same for the same number. */
export function scattered(value: number): number {
  let mixed = Math.imul(value + 1, 0x9e3779b1) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b) >>> 0;
  return (mixed ^ (mixed >>> 13)) >>> 0;
}
