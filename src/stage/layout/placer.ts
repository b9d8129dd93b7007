import type { Box, Label, Tone } from './scene';
import { textWidth, type Weight } from './text-width';

/** Ascent and descent of a line of text, as shares of its size. */
const ascent = 0.76;
const descent = 0.24;

export interface LabelStyle {
  readonly size: number;
  readonly weight?: Weight;
  readonly anchor?: Label['anchor'];
  readonly tone?: Tone;
  readonly mono?: boolean;
  readonly halo?: boolean;
}

export function label(x: number, y: number, text: string, style: LabelStyle): Label {
  const { size, weight = 400, anchor = 'start', tone = 'ink', mono = false, halo = false } = style;
  return { x, y, text, size, weight, anchor, tone, mono, halo };
}

/** The box a label fills. */
export function boxOf({ x, y, text, size, weight, anchor, mono }: Label): Box {
  const width = textWidth(text, size, weight, mono);
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  return { x: left, y: y - ascent * size, width, height: (ascent + descent) * size };
}

/** What a text on a line or a hatch covers of it. */
export function plateOf(text: Label): Box {
  const { x, width } = boxOf(text);
  return { x: x - 2, y: text.y - ascent * text.size, width: width + 4, height: text.size * 0.95 };
}

/** y of the baseline that centres capitals on `y`. */
export function baseline(y: number, size: number): number {
  return y + size * 0.35;
}

export function overlap(a: Box, b: Box, gap = 0): boolean {
  return (
    a.x < b.x + b.width + gap &&
    b.x < a.x + a.width + gap &&
    a.y < b.y + b.height - 0.01 &&
    b.y < a.y + a.height - 0.01
  );
}

/**
 * Remembers what is taken and finds a free place for each text. What must be said is put down first; what may be left
 * out (captions, states) asks last and gets nothing when there is no room.
 */
export class Placer {
  private readonly taken: Box[] = [];
  /** The same boxes by the bands of the drawing they touch, so that a place is compared with its neighbours only. */
  private readonly bands = new Map<number, Box[]>();

  constructor(private readonly bounds: Box) {}

  /** A place nothing else may cover: a flag, a stop, a trunk. */
  block(box: Box): void {
    this.taken.push(box);
    for (const band of bandsOf(box)) {
      const known = this.bands.get(band);
      if (known) known.push(box);
      else this.bands.set(band, [box]);
    }
  }

  /** Puts a label down whatever is there already: for names that have a place of their own by construction. */
  put(text: Label): Label {
    this.block(boxOf(text));
    return text;
  }

  /** The first candidate that is free and on the screen; null when none is. */
  place(...candidates: readonly (Label | null)[]): Label | null {
    for (const candidate of candidates) {
      if (candidate && this.isFree(boxOf(candidate))) return this.put(candidate);
    }
    return null;
  }

  isFree(box: Box, gap = 3): boolean {
    const { x, y, width, height } = this.bounds;
    if (box.x < x || box.y < y || box.x + box.width > x + width || box.y + box.height > y + height)
      return false;
    return bandsOf(box).every((band) => !this.bands.get(band)?.some((other) => overlap(box, other, gap)));
  }

  /** What is taken so far, for those who place more later (labels of tokens in flight). */
  boxes(): readonly Box[] {
    return this.taken;
  }
}

const bandHeight = 32;

function bandsOf({ y, height }: Box): number[] {
  const bands: number[] = [];
  for (let band = Math.floor(y / bandHeight); band <= Math.floor((y + height) / bandHeight); band++)
    bands.push(band);
  return bands;
}
