/**
 * Where the parts of the front page's figure stand, in design pixels (16 to a rem). One circuit: out of the log at the
 * reading position, along to the charge, down to the commit, and back round to the group's flag. What is between flag
 * and position is what a crash would repeat.
 */
import type { Traveller } from './story';

export interface FigureLayout {
  readonly narrow: boolean;
  readonly width: number;
  readonly height: number;
  readonly strip: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
  readonly cell: number;
  readonly tokenRadius: number;
  readonly tokenText: number;
  /** x of the charge and the commit, and of the way back round the left. */
  readonly right: number;
  readonly left: number;
  /** y of the way from the log to the charge, and of the way back. */
  readonly out: number;
  readonly back: number;
  readonly middle: number;
  readonly button: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
  readonly stationRadius: number;
  readonly labelText: number;
  /** The shop, where payments come from; null where there is no room for it. */
  readonly shop: { readonly x: number; readonly y: number } | null;
  /** Where the way on to the card ends; null when the card stands below. */
  readonly toCard: number | null;
}

export const cellCount = 10;
/** Below this width the circuit is drawn smaller and the card stands under it. */
export const narrowBelow = 600;

export function figureLayout(width: number, height: number, cardBeside: boolean): FigureLayout {
  const narrow = width < narrowBelow;
  const toCard = cardBeside ? width : null;
  const right = cardBeside ? width - 104 : width - (narrow ? 14 : 40);
  const cell = narrow
    ? Math.floor((width - 8) / cellCount)
    : Math.min(62, Math.floor((right - 150) / cellCount));
  const top = narrow ? 26 : 30;
  const stripHeight = narrow ? 50 : 66;
  const left = narrow ? 6 : 12;
  const stripLeft = narrow ? 0 : 36;
  const bottom = top + stripHeight;
  const out = bottom + (narrow ? 34 : 40);
  const back = height - (narrow ? 30 : 38);
  const middle = (out + back) / 2;
  const button = narrow ? { width: 150, height: 60 } : { width: 300, height: 84 };
  const x = narrow
    ? right - 34 - button.width
    : Math.round((stripLeft + cell * 2 + right) / 2 - button.width / 2 + 20);
  return {
    narrow,
    width,
    height,
    strip: { left: stripLeft, right: stripLeft + cell * cellCount, top, bottom },
    cell,
    tokenRadius: narrow ? Math.min(12, cell * 0.36) : 19,
    tokenText: narrow ? 13 : 13,
    right,
    left,
    out,
    back,
    middle,
    button: { x, y: middle - button.height / 2 - (narrow ? 0 : 8), ...button },
    stationRadius: narrow ? 8 : 10,
    labelText: narrow ? 15 : 18,
    shop: cardBeside ? { x: right, y: (top + bottom) / 2 } : null,
    toCard,
  };
}

/** Left edge of an offset's cell: where a flag for "next is this one" stands. */
export function edgeOf(layout: FigureLayout, offset: number): number {
  return layout.strip.left + Math.min(offset, cellCount) * layout.cell;
}

export function cellMiddle(layout: FigureLayout, offset: number): number {
  return edgeOf(layout, offset) + layout.cell / 2;
}

/** Where something on its way is. A delivery drops out of its cell first. */
export function placeOf(layout: FigureLayout, { trip, leg, along }: Traveller): { x: number; y: number } {
  const { out, middle, back, right, left, strip } = layout;
  const from = { x: cellMiddle(layout, trip.payment.offset), y: (strip.top + strip.bottom) / 2 + 8 };
  if (leg === 'deliver') return on([from, { x: from.x, y: out }, { x: right, y: out }], along);
  if (leg === 'charged')
    return on(
      [
        { x: right, y: out },
        { x: right, y: middle },
      ],
      along,
    );
  const flag = edgeOf(layout, trip.payment.offset);
  return on(
    [
      { x: right, y: middle },
      { x: right, y: back },
      { x: left, y: back },
      { x: left, y: out },
      { x: flag, y: out },
    ],
    along,
  );
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The point a share of the way along a bent line. */
function on(points: readonly Point[], along: number): Point {
  const lengths = points.slice(1).map((point, index) => distance(points[index], point));
  let rest = along * lengths.reduce((sum, length) => sum + length, 0);
  for (const [index, length] of lengths.entries()) {
    if (rest <= length && length > 0) return between(points[index], points[index + 1], rest / length);
    rest -= length;
  }
  return points[points.length - 1];
}

function distance(a: Point, b: Point): number {
  return Math.abs(b.x - a.x) + Math.abs(b.y - a.y);
}

function between(a: Point, b: Point, share: number): Point {
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
}
