/** A histogram of squares with its needles, laid out in CSS px: a pure function of a reading and a size. */
import { max, scaleLinear, scaleLog, ticks as roundTicks, type ScaleContinuousNumeric } from 'd3';
import type { HistogramReading } from '../../scenario/host';
import { boxOf, label, overlap, Placer } from '../layout/placer';
import type { Box, Label } from '../layout/scene';
import { textWidth } from '../layout/text-width';
import type { PanelWords } from './words.en';

export interface NeedleFigure {
  readonly id: string;
  readonly x: number;
  readonly top: number;
  /** null where there are two series: their needles are told in the key, since four flags have no room. */
  readonly flag: { readonly box: Box; readonly label: Label } | null;
  /** Of the second series: a dashed pole. */
  readonly isOutlined: boolean;
}

export interface HistogramFigure {
  readonly base: number;
  readonly left: number;
  readonly right: number;
  /** Squares of a series as one path; those of the second are hatched as well. */
  readonly series: readonly { readonly path: string; readonly hatch: string }[];
  readonly ticks: readonly { readonly x: number; readonly label: Label | null }[];
  readonly needles: readonly NeedleFigure[];
  readonly goal: { readonly box: Box; readonly labels: readonly Label[] } | null;
  readonly labels: readonly Label[];
  readonly perSquare: number;
}

export interface HistogramOptions {
  readonly width: number;
  readonly height: number;
  readonly goalMs?: { readonly min?: number; readonly max?: number } | null;
  readonly words: PanelWords;
}

const axisRoom = 30;
const flagHeight = 22;
const text = 14;
/** Squares of a column are at least so high; else one stands for more orders. */
const squareMin = 3.5;
const perSquares = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

export function histogramFigure(reading: HistogramReading, options: HistogramOptions): HistogramFigure {
  const { width, height, words, goalMs = null } = options;
  const { edgesMs, series, scale } = reading;
  const left = 6;
  const right = width - 26;
  const base = height - axisRoom;
  const make = scale === 'log' ? scaleLog() : scaleLinear();
  const x = make.domain([edgesMs[0], edgesMs[edgesMs.length - 1]]).range([left, right]);
  const placer = new Placer({ x: 0, y: 0, width, height: base - 2 });
  const rows = series.length > 1 ? [] : needleRows(reading, x, width, words);
  const top = rows.length === 0 ? 8 : 4 + (Math.max(...rows.map(({ row }) => row)) + 1) * (flagHeight + 3);
  const needles = [
    ...rows.map(({ row, ...one }): NeedleFigure => needleAt(one, 4 + row * (flagHeight + 3))),
    ...(series.length > 1 ? polesOf(reading, x, top) : []),
  ];
  for (const { flag } of needles) if (flag) placer.block(flag.box);
  const tallest = max(series.flatMap(({ bins }) => bins)) ?? 0;
  const perSquare =
    perSquares.find((per) => (base - top - 4) / Math.ceil(tallest / per) >= squareMin) ?? 20_000;
  const columns = series.map(({ bins }) =>
    columnsOf(bins, edgesMs, x, { base, room: base - top - 4, perSquare, tallest }),
  );
  for (const box of columns.flatMap(({ boxes }) => boxes)) placer.block(box);
  const goal = goalMs && goalOf(goalMs, x, { top, base, right }, placer, words);
  return {
    ...{ base, left, right, needles, goal, perSquare },
    series: columns.map(({ path, hatch }) => ({ path, hatch })),
    ticks: ticksOf(reading, x, base, width),
    labels: tailOf(reading, x, { top, base }, placer, words),
  };
}

type Scale = ScaleContinuousNumeric<number, number>;

/** Stacks of squares; the last of a stack is as high as what it holds, so that a few are never drawn as many. */
function columnsOf(
  bins: readonly number[],
  edgesMs: readonly number[],
  x: Scale,
  { base, room, perSquare, tallest }: { base: number; room: number; perSquare: number; tallest: number },
): { path: string; hatch: string; boxes: Box[] } {
  const stack = Math.ceil(tallest / perSquare);
  let path = '';
  let hatch = '';
  const boxes: Box[] = [];
  bins.forEach((count, bin) => {
    if (count === 0) return;
    const from = x(edgesMs[bin]) + 0.5;
    const wide = Math.max(1.5, x(edgesMs[bin + 1]) - from - 0.5);
    const high = Math.min(room / Math.max(1, stack), Math.max(squareMin, wide * 1.6));
    const squares = Math.ceil(count / perSquare);
    for (let at = 0; at < squares; at++) {
      const share = Math.min(1, count / perSquare - at);
      const part = Math.max(1.5, (high - 1) * share);
      path += `M${fine(from)} ${fine(base - 1.5 - at * high)}h${fine(wide)}v${fine(-part)}h${fine(-wide)}z`;
    }
    const top = base - 1.5 - squares * high;
    boxes.push({ x: from, y: top, width: wide, height: base - top });
    for (let y = base - 2; y > top + wide; y -= 5)
      hatch += `M${fine(from)} ${fine(y)}l${fine(wide)} ${fine(-wide)}`;
  });
  return { path, hatch, boxes };
}

const fine = (value: number): string => String(Math.round(value * 10) / 10);

interface Needle {
  readonly id: string;
  readonly x: number;
  readonly words: string;
  readonly width: number;
  readonly isLeft: boolean;
}

/** Of several series: only where half and where 99 in 100 are back. */
function polesOf({ series }: HistogramReading, x: Scale, top: number): NeedleFigure[] {
  return series.flatMap(({ p50Ms, p99Ms }, index) =>
    [p50Ms, p99Ms].flatMap((value, at): NeedleFigure[] =>
      value === null
        ? []
        : [{ id: `${index}/${at}`, x: needleX(value, x), top, flag: null, isOutlined: index > 0 }],
    ),
  );
}

function needleX(milliseconds: number, x: Scale): number {
  const [start, end] = x.range() as [number, number];
  return Math.max(start, Math.min(end, x(Math.max(milliseconds, x.domain()[0]))));
}

/** p50 hangs to the right of its pole and p99 to the left of its own, as long as they do not meet; else one below the other. */
function needleRows(
  reading: HistogramReading,
  x: Scale,
  width: number,
  words: PanelWords,
): (Needle & { row: number })[] {
  const all = reading.series.flatMap(({ p50Ms, p99Ms }, index): Needle[] =>
    [[50, p50Ms] as const, [99, p99Ms] as const].flatMap(([percentile, value]) => {
      if (value === null) return [];
      const said = words.needle(percentile, value);
      const wide = Math.ceil(textWidth(said, 15, 700)) + 14;
      const at = needleX(value, x);
      const isLeft = percentile === 99 ? at - wide > 0 : at + wide > width;
      return [{ id: `${index}/${percentile}`, x: at, words: said, width: wide, isLeft }];
    }),
  );
  const placed: { box: Box; row: number }[] = [];
  return all.map((needle) => {
    const boxIn = (row: number, isLeft: boolean): Box => ({
      x: isLeft ? needle.x - needle.width : needle.x,
      y: row * 30,
      width: needle.width,
      height: 20,
    });
    for (let row = 0; ; row++) {
      for (const isLeft of [needle.isLeft, !needle.isLeft]) {
        const box = boxIn(row, isLeft);
        if (box.x < 0 || box.x + box.width > width || placed.some((other) => overlap(box, other.box, 4)))
          continue;
        // A flag must not stand on another needle's pole.
        if (all.some((other) => other.x !== needle.x && other.x > box.x - 2 && other.x < box.x + box.width + 2 && rowOf(placed, other) <= row)) continue; // prettier-ignore
        placed.push({ box, row });
        return { ...needle, isLeft, row };
      }
      if (row > 3) return { ...needle, row };
    }
  });
}

/** Poles begin at their flag: those that are not placed yet begin at the top. */
function rowOf(placed: readonly { box: Box; row: number }[], { x }: Needle): number {
  const own = placed.find(({ box }) => Math.abs(box.x - x) < 1 || Math.abs(box.x + box.width - x) < 1);
  return own?.row ?? Infinity;
}

function needleAt({ id, x, words, width, isLeft }: Needle, top: number): NeedleFigure {
  const box = { x: isLeft ? x - width + 1.2 : x - 1.2, y: top, width, height: flagHeight };
  const said = label(box.x + 7, top + 16, words, { size: 15, weight: 700, tone: 'on-ink' });
  return { id, x, top, flag: { box, label: said }, isOutlined: false };
}

function goalOf(
  { min, max: most }: { readonly min?: number; readonly max?: number },
  x: Scale,
  { top, base, right }: { top: number; base: number; right: number },
  placer: Placer,
  words: PanelWords,
): HistogramFigure['goal'] {
  const [start, end] = x.domain();
  const from = x(Math.max(start, Math.min(end, min ?? start)));
  const to = x(Math.max(start, Math.min(end, most ?? end)));
  const box = { x: from, y: top, width: Math.max(2, to - from), height: base - top };
  const range = words.goalRange(min, most);
  const style = { size: text, tone: 'ink2', halo: true } as const;
  const anchors = [
    { x: to + 6, anchor: 'start' },
    { x: from - 6, anchor: 'end' },
    { x: from + 6, anchor: 'start' },
  ] as const;
  for (const { x: at, anchor } of anchors) {
    const first = label(at, base - 26, words.goal, { ...style, anchor });
    const second = label(at, base - 9, range, { ...style, anchor });
    const widest = boxOf(second);
    if (widest.x + widest.width > right + 26 || !placer.isFree(boxOf(first)) || !placer.isFree(widest))
      continue;
    return { box, labels: [placer.put(first), placer.put(second)] };
  }
  return { box, labels: [] };
}

/** What lies beyond the widest empty stretch, where there is one: the tail, in words. */
function tailOf(
  { edgesMs, series }: HistogramReading,
  x: Scale,
  { top, base }: { top: number; base: number },
  placer: Placer,
  words: PanelWords,
): Label[] {
  if (series.length !== 1) return [];
  const { bins } = series[0];
  let gap = { from: 0, to: 0 };
  let last = bins.findIndex((count) => count > 0);
  bins.forEach((count, bin) => {
    if (count === 0 || last < 0) return;
    if (bin - last > gap.to - gap.from) gap = { from: last + 1, to: bin };
    last = bin;
  });
  const [from, to] = [x(edgesMs[gap.from]), x(edgesMs[gap.to])];
  const beyond = bins.slice(gap.to).reduce((sum, count) => sum + count, 0);
  if (gap.to === 0 || to - from < 180 || base - top < 60) return [];
  const said = label((from + to) / 2, base - 14, words.tail(beyond), {
    size: 16,
    weight: 600,
    anchor: 'middle',
  });
  const placed = placer.place(said);
  return placed ? [placed] : [];
}

function ticksOf(
  { edgesMs, scale }: HistogramReading,
  x: Scale,
  base: number,
  width: number,
): HistogramFigure['ticks'] {
  const end = edgesMs[edgesMs.length - 1];
  const style = { size: text, tone: 'ink2', mono: true, anchor: 'middle' } as const;
  const tick = (value: number): HistogramFigure['ticks'][number] => {
    const said = String(value / 1000);
    // The first one is not cut off at the left.
    const at = Math.max(x(value), textWidth(said, text, 400, true) / 2);
    return { x: x(value), label: label(at, base + 23, said, style) };
  };
  if (scale === 'log') {
    return [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000]
      .filter((value) => value <= end)
      .filter((_, index) => index % (width < 500 ? 2 : 1) === 0)
      .map(tick);
  }
  const numbered = roundTicks(0, end, Math.max(2, Math.min(8, Math.floor(width / 80))));
  return numbered.map(tick);
}
