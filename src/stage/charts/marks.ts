/** Signs on the time axis: which belong together, which can be drawn, where their names find room. */
import type { FactId } from '../../kernel/fact';
import type { Time } from '../../kernel/time';
import type { Mark } from '../../scenario/host';
import { label, Placer, type LabelStyle } from '../layout/placer';
import type { Box, Label } from '../layout/scene';
import { textWidth } from '../layout/text-width';

export type MarkSign = Mark['sign'] | 'check' | 'violation' | 'bookmark' | 'expected';

/** A mark with its words. */
export interface AxisMark {
  readonly time: Time;
  readonly sign: MarkSign;
  /** A word or two beside the sign. */
  readonly label: string;
  /** The whole sentence. */
  readonly title: string;
  readonly fact: FactId | null;
  readonly subject: string;
}

/** Marks that share a target, because they stand closer than a finger. */
export interface Cluster {
  readonly x: number;
  readonly marks: readonly AxisMark[];
}

export interface PlacedMark {
  readonly mark: AxisMark;
  readonly x: number;
  readonly label: Label | null;
}

/** A fault lasts from its mark to the one that heals the same thing. */
export interface FaultSpan {
  readonly subject: string;
  readonly from: Time;
  /** null: it has not ended in what was computed. */
  readonly to: Time | null;
}

/** What is drawn first, and keeps its place. */
const weight: Readonly<Record<MarkSign, number>> = {
  violation: 0,
  fault: 1,
  check: 2,
  bookmark: 3,
  change: 4,
  seek: 5,
  expected: 6,
  healed: 7,
  loss: 8,
  rebalance: 9,
  redelivery: 10,
};

/** Neighbours closer than `gap` px share one target, so that every target is as wide as that. */
export function clusters(marks: readonly AxisMark[], x: (time: Time) => number, gap = 24): Cluster[] {
  const found: { x: number; marks: AxisMark[] }[] = [];
  for (const mark of [...marks].sort((a, b) => a.time - b.time)) {
    const at = x(mark.time);
    const last = found.at(-1);
    if (last && at - last.x < gap) last.marks.push(mark);
    else found.push({ x: at, marks: [mark] });
  }
  return found;
}

/** The mark of a cluster that a press goes to: the next one after now, or the first again. */
export function nextOf({ marks }: Cluster, now: Time): AxisMark {
  return marks.find(({ time }) => time > now) ?? marks[0];
}

/** Signs with room to be seen, and the names that have room beside them. What matters more is placed first. */
export function placeMarks(
  marks: readonly AxisMark[],
  x: (time: Time) => number,
  bounds: Box,
  style: LabelStyle,
  blocked: readonly Box[] = [],
): PlacedMark[] {
  const placer = new Placer(bounds);
  for (const box of blocked) placer.block(box);
  const base = bounds.y + bounds.height - 7;
  const drawn: { mark: AxisMark; x: number }[] = [];
  for (const mark of [...marks].sort((a, b) => weight[a.sign] - weight[b.sign] || a.time - b.time)) {
    const at = x(mark.time);
    if (drawn.some((other) => Math.abs(other.x - at) < 11)) continue;
    drawn.push({ mark, x: at });
    placer.block({ x: at - 8, y: bounds.y, width: 16, height: bounds.height });
  }
  return drawn
    .map(({ mark, x: at }): PlacedMark => {
      if (mark.label === '') return { mark, x: at, label: null };
      const tone = mark.sign === 'fault' || mark.sign === 'violation' ? 'red' : 'ink2';
      const own = { ...style, tone, weight: tone === 'red' ? 600 : 400, halo: true } as const;
      const right = label(at + 11, base, mark.label, own);
      const left = label(at - 11, base, mark.label, { ...own, anchor: 'end' });
      return { mark, x: at, label: placer.place(right, left) };
    })
    .sort((a, b) => a.x - b.x);
}

/** Intervals of trouble, by what is in trouble. */
export function faultSpans(marks: readonly Pick<AxisMark, 'sign' | 'time' | 'subject'>[]): FaultSpan[] {
  const open = new Map<string, Time>();
  const spans: FaultSpan[] = [];
  for (const { sign, time, subject } of marks) {
    if (sign === 'fault' && !open.has(subject)) open.set(subject, time);
    const from = open.get(subject);
    if (sign !== 'healed' || from === undefined) continue;
    open.delete(subject);
    spans.push({ subject, from, to: time });
  }
  for (const [subject, from] of open) spans.push({ subject, from, to: null });
  return spans.sort((a, b) => a.from - b.from);
}

/** Width of the playhead's handle with this text on it. */
export function handleWidth(text: string, size: number): number {
  return Math.ceil(textWidth(text, size, 600, true)) + 16;
}
