/** What the picture of queues is made of: strokes, faces, signs, texts and things that can have the focus. */
import type { Address, Face } from '../../kernel/shape';
import { boxOf, label, Placer, type LabelStyle } from '../layout/placer';
import type { Box, Item, Label, Point } from '../layout/scene';
import type { Mode, Size } from '../layout/size';
import type { Selection } from '../selection';
import type { Edge, SignKind } from '../shapes/paths';

/** A path and the classes of drawing.css it is drawn with. */
export interface Stroke {
  readonly d: string;
  readonly look: string;
  /** Of what fades. */
  readonly opacity?: number;
}

export interface FaceFigure {
  readonly domain: Face['domain'];
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly text: string | null;
  readonly size: number;
  readonly edge: Edge;
  readonly opacity: number;
  readonly plate: boolean;
}

export interface SignFigure {
  readonly kind: SignKind;
  readonly x: number;
  readonly y: number;
}

export interface QueueScene {
  readonly size: Size;
  readonly height: number;
  readonly metrics: { readonly token: number };
  readonly strokes: readonly Stroke[];
  readonly faces: readonly FaceFigure[];
  /** Drawn over the faces. */
  readonly over: readonly Stroke[];
  readonly signs: readonly SignFigure[];
  readonly labels: readonly Label[];
  readonly items: readonly Item[];
  /** Roads of the tokens, by "from>to". */
  readonly routes: ReadonlyMap<string, readonly Point[]>;
  readonly taken: readonly Box[];
}

/** Measures of the picture, CSS px. */
export interface Measures {
  readonly mode: Mode;
  readonly pad: number;
  readonly top: number;
  /** Radius of a token, and of one in a slot. */
  readonly token: number;
  readonly ring: number;
  /** Of a stack. */
  readonly row: number;
  readonly vessel: number;
  readonly slot: number;
  readonly stop: number;
  readonly name: number;
  /** A queue's least height with its title; a consumer's. */
  readonly bandMin: number;
  readonly consumer: number;
  /** Of a place where dead letters are kept. */
  readonly grave: number;
  /** Height of a store with what is between it and the next. */
  readonly store: number;
}

const wide: Measures = {
  mode: 'wide', pad: 24, top: 30, token: 9.5, ring: 34, row: 28, vessel: 196, slot: 40, stop: 6, name: 15,
  bandMin: 124, consumer: 92, grave: 112, store: 56,
}; // prettier-ignore
const tight: Measures = {
  ...wide, mode: 'tight', pad: 20, top: 24, token: 8, ring: 31, row: 24, vessel: 176, slot: 32, name: 14,
  bandMin: 96, consumer: 72, grave: 92, store: 46,
}; // prettier-ignore
const phone: Measures = {
  ...tight, mode: 'phone', pad: 16, top: 22, token: 7, ring: 30, row: 22, slot: 26, stop: 4.5,
  bandMin: 128, consumer: 66, grave: 84,
}; // prettier-ignore

export function measuresOf(mode: Mode): Measures {
  return mode === 'wide' ? wide : mode === 'tight' ? tight : phone;
}

/** Collects a scene. What must be said is put first; what may be left out asks for room afterwards. */
export class Pen {
  readonly strokes: Stroke[] = [];
  readonly faces: FaceFigure[] = [];
  readonly overs: Stroke[] = [];
  readonly signs: SignFigure[] = [];
  readonly labels: Label[] = [];
  readonly items: Item[] = [];
  readonly routes = new Map<string, readonly Point[]>();
  readonly placer: Placer;

  readonly width: number;

  constructor(width: number, height: number) {
    this.width = width;
    this.placer = new Placer({ x: 0, y: 0, width, height });
  }

  stroke(d: string, look = 'stroke', opacity?: number): void {
    this.strokes.push(opacity === undefined ? { d, look } : { d, look, opacity });
  }
  over(d: string, look = 'stroke'): void {
    this.overs.push({ d, look });
  }
  sign(kind: SignKind, x: number, y: number): void {
    this.signs.push({ kind, x, y });
    this.placer.block({ x: x - 9, y: y - 9, width: 18, height: 18 });
  }
  face({ domain }: Face, x: number, y: number, radius: number, more: Partial<FaceFigure> = {}): void {
    const whole = { text: null, size: 14, edge: 'plain', opacity: 1, plate: false } as const;
    this.faces.push({ domain, x, y, radius, ...whole, ...more });
    this.placer.block({ x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius });
  }
  text(x: number, y: number, text: string, style: LabelStyle): Label {
    const put = this.placer.put(label(x, y, text, style));
    if (text !== '') this.labels.push(put);
    return put;
  }
  /** The first of the texts that has room; null when none has. */
  place(...candidates: readonly (Label | null)[]): Label | null {
    const put = this.placer.place(...candidates);
    if (put) this.labels.push(put);
    return put;
  }
  /** In the order of reading: what stands at one height is one row. */
  item(id: string, name: string, box: Box, selects: Selection, y = box.y + box.height / 2): void {
    this.items.push({ id, name, box, row: Math.floor(y / 24), selects });
  }
  road(from: Address, to: Address, path: readonly Point[]): void {
    this.routes.set(`${from}>${to}`, path);
  }

  scene(size: Size, height: number, token: number): QueueScene {
    const { strokes, faces, overs: over, signs, labels, routes } = this;
    const items = [...this.items].sort((a, b) => a.row - b.row || a.box.x - b.box.x || (a.id < b.id ? -1 : 1));
    return { size, height, metrics: { token }, strokes, faces, over, signs, labels, items, routes, taken: this.placer.boxes() };
  } // prettier-ignore
}

export const rect = ({ x, y, width, height }: Box): string => `M${x} ${y}h${width}v${height}h${-width}Z`;
export const at = (address: string): Selection => ({ kind: 'address', address });
export const of = (message: number): Selection => ({ kind: 'message', message });
export { boxOf, label };

/** Part of a circle, clockwise from the top. */
export function arcPath(x: number, y: number, radius: number, share: number): string {
  const part = Math.max(0, Math.min(1, share));
  if (part === 0) return '';
  if (part === 1) return `M${x} ${y - radius}a${radius} ${radius} 0 1 1 -0.01 0Z`;
  const angle = part * 2 * Math.PI - Math.PI / 2;
  const [endX, endY] = [x + radius * Math.cos(angle), y + radius * Math.sin(angle)].map((value) => Math.round(value * 100) / 100); // prettier-ignore
  return `M${x} ${y - radius}A${radius} ${radius} 0 ${part > 0.5 ? 1 : 0} 1 ${endX} ${endY}`;
}

export function circlePath(x: number, y: number, radius: number): string {
  return `M${x - radius} ${y}a${radius} ${radius} 0 1 1 ${2 * radius} 0a${radius} ${radius} 0 1 1 ${-2 * radius} 0Z`;
}

/** An outline with its corners cut: what has no server behind it that could be seen. */
export function bagPath({ x, y, width, height }: Box, cut: number): string {
  const [right, bottom] = [x + width, y + height];
  return (
    `M${x + cut} ${y}H${right - cut}L${right} ${y + cut}V${bottom - cut}L${right - cut} ${bottom}` +
    `H${x + cut}L${x} ${bottom - cut}V${y + cut}Z`
  );
}
