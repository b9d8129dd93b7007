/** What the picture of accounts is made of: strokes, faces, texts and things that can have the focus. */
import type { Domain } from '../../kernel/bodies';
import type { Time } from '../../kernel/time';
import { label, type LabelStyle } from '../layout/placer';
import type { Box, Item, Label } from '../layout/scene';
import type { Mode } from '../layout/size';
import type { Selection } from '../selection';

/** A path and the classes of drawing.css it is drawn with. */
export interface Stroke {
  readonly d: string;
  readonly look: string;
}

export interface FaceFigure {
  readonly domain: Domain;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly text: string | null;
  readonly size: number;
  readonly edge: 'plain' | 'ghost' | 'dead';
}

/** Something to be pressed that leads to another instant instead of selecting. */
export interface LedgerItem extends Item {
  readonly seeks?: Time;
}

export interface LedgerScene {
  readonly width: number;
  readonly height: number;
  readonly strokes: readonly Stroke[];
  readonly faces: readonly FaceFigure[];
  readonly labels: readonly Label[];
  /** Drawn last: the handle and what stands on it. */
  readonly over: { readonly strokes: readonly Stroke[]; readonly labels: readonly Label[] };
  readonly items: readonly LedgerItem[];
  /** Where the handle can be dragged, and the instants of its stops; null where there is no handle. */
  readonly rail: Rail | null;
}

export interface Rail {
  readonly y: number;
  readonly stops: readonly { readonly x: number; readonly time: Time }[];
}

/** Collects a scene. */
export class Pen {
  readonly strokes: Stroke[] = [];
  readonly faces: FaceFigure[] = [];
  readonly labels: Label[] = [];
  readonly overStrokes: Stroke[] = [];
  readonly overLabels: Label[] = [];
  readonly items: LedgerItem[] = [];
  rail: Rail | null = null;

  stroke(d: string, look = 'stroke'): void {
    this.strokes.push({ d, look });
  }
  text(x: number, y: number, text: string, style: LabelStyle): void {
    if (text !== '') this.labels.push(label(x, y, text, style));
  }
  face(
    domain: Domain,
    x: number,
    y: number,
    radius: number,
    text: string | null = null,
    size = 14,
    edge: FaceFigure['edge'] = 'plain',
  ): void {
    this.faces.push({ domain, x, y, radius, text, size, edge });
  }
  over(d: string, look = 'solid'): void {
    this.overStrokes.push({ d, look });
  }
  overText(x: number, y: number, text: string, style: LabelStyle): void {
    this.overLabels.push(label(x, y, text, style));
  }
  item(id: string, name: string, box: Box, row: number, selects: Selection | null, seeks?: Time): void {
    this.items.push({ id, name, box, row, selects, ...(seeks === undefined ? {} : { seeks }) });
  }

  scene(width: number, height: number): LedgerScene {
    const { strokes, faces, labels, overStrokes, overLabels, items, rail } = this;
    const order = [...items].sort((a, b) => a.row - b.row || a.box.x - b.box.x);
    return { width, height, strokes, faces, labels, over: { strokes: overStrokes, labels: overLabels }, items: order, rail };
  } // prettier-ignore
}

export const rect = ({ x, y, width, height }: Box): string => `M${x} ${y}h${width}v${height}h${-width}Z`;
export const horizontal = (x1: number, x2: number, y: number): string => `M${x1} ${y}H${x2}`;
export const vertical = (x: number, y1: number, y2: number): string => `M${x} ${y1}V${y2}`;

export const at = (address: string): Selection => ({ kind: 'address', address });
export const of = (message: number): Selection => ({ kind: 'message', message });

/** Measures of the picture, CSS px. */
export interface Measures {
  readonly mode: Mode;
  readonly pad: number;
  /** Left edge and width of the row, left edge of the log. */
  readonly rowX: number;
  readonly rowWidth: number;
  readonly logX: number;
  readonly right: number;
  readonly cellMin: number;
  readonly cellMax: number;
  readonly head: number;
  readonly chart: number;
  readonly gap: number;
  readonly strip: number;
  readonly rail: number;
  readonly line: number;
  /** The question asked last. */
  readonly lineBig: number;
  readonly big: number;
  readonly hexagon: number;
  readonly name: number;
}

export function measuresOf(mode: Mode, width: number, datum: number): Measures {
  if (mode === 'phone') {
    const pad = 16;
    return {
      mode, pad, rowX: pad, rowWidth: 92, logX: pad + 92 + 18, right: width - pad,
      cellMin: 62, cellMax: 110, head: 20, chart: 40, gap: 20, strip: 58, rail: 46,
      line: 38, lineBig: 46, big: 22, hexagon: 19, name: 14,
    }; // prettier-ignore
  }
  const tight = mode === 'tight';
  const pad = tight ? 20 : 24;
  const rowWidth = tight ? 150 : 200;
  return {
    mode, pad, rowX: datum, rowWidth, logX: datum + rowWidth + (tight ? 36 : 60), right: width - pad,
    cellMin: 92, cellMax: 170, head: tight ? 22 : 28, chart: tight ? 58 : 94, gap: tight ? 24 : 26,
    strip: tight ? 66 : 92, rail: tight ? 54 : 58, line: tight ? 25 : 30, lineBig: tight ? 40 : 58,
    big: tight ? 28 : 44, hexagon: tight ? 23 : 30, name: tight ? 14 : 16,
  }; // prettier-ignore
}
