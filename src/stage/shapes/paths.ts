/** Outlines as SVG path data; a canvas draws the same strings through Path2D. */
import { line } from 'd3';
import type { Domain } from '../../kernel/bodies';
import type { Box, FlagForm, Point } from '../layout/scene';

const round = (value: number): number => Math.round(value * 100) / 100;

export const polyline = line<Point>(
  ({ x }) => round(x),
  ({ y }) => round(y),
);

export function pathOf(points: readonly Point[]): string {
  return polyline(points) ?? '';
}

/** The shape of a domain around (x, y); shapes of one radius look equally large. */
export function facePath(domain: Domain, x: number, y: number, radius: number): string {
  switch (domain) {
    case 'order':
      return `M${round(x - radius)} ${round(y)}a${radius} ${radius} 0 1 1 ${2 * radius} 0a${radius} ${radius} 0 1 1 ${-2 * radius} 0Z`;
    case 'stock': {
      const side = radius * 0.92;
      return `M${round(x - side)} ${round(y - side)}h${round(2 * side)}v${round(2 * side)}h${round(-2 * side)}Z`;
    }
    case 'price':
      return polygon(5, radius * 1.13, x, y + radius * 0.07, -Math.PI / 2);
    case 'payment':
      return polygon(4, radius * 1.25, x, y, -Math.PI / 2);
    case 'notification':
      return polygon(3, radius * 1.35, x, y + radius * 0.2, -Math.PI / 2);
    case 'ledger':
      return polygon(6, radius * 1.1, x, y, 0);
  }
}

function polygon(sides: number, radius: number, x: number, y: number, start: number): string {
  const corners = Array.from({ length: sides }, (_, index) => {
    const angle = start + (index * 2 * Math.PI) / sides;
    return { x: x + radius * Math.cos(angle), y: y + radius * Math.sin(angle) };
  });
  return `${pathOf(corners)}Z`;
}

/** How far a label's baseline lies below the middle of a shape: a triangle and a pentagon are heavier below. */
export function labelDrop(domain: Domain, size: number): number {
  return size * 0.36 + (domain === 'price' ? 1 : domain === 'notification' ? size * 0.3 : 0);
}

/** A name flag: identity by form, not by colour. The pole stands at its left, or right when it is mirrored. */
export function flagPath(form: FlagForm, { x, y, width, height }: Box, mirrored: boolean): string {
  const [near, far] = mirrored ? [x + width, x] : [x, x + width];
  const inwards = mirrored ? 1 : -1;
  const middle = y + height / 2;
  const bottom = y + height;
  switch (form) {
    case 'square':
      return `M${near} ${y}H${far}V${bottom}H${near}Z`;
    case 'swallowtail':
      return `M${near} ${y}H${far}L${far + inwards * 7} ${middle}L${far} ${bottom}H${near}Z`;
    case 'pennant':
      return `M${near} ${y}H${far + inwards * 8}L${far} ${middle}L${far + inwards * 8} ${bottom}H${near}Z`;
    case 'slant':
      return `M${near} ${y}H${far}L${far + inwards * 8} ${bottom}H${near}Z`;
  }
}

/** 45 degree hatch clipped to a box: what cannot be vouched for. */
export function hatchPath({ x, y, width, height }: Box, gap = 9): string {
  let path = '';
  for (let start = gap; start < width + height; start += gap) {
    const [x1, y1] = start <= height ? [x, y + start] : [x + start - height, y + height];
    const [x2, y2] = start <= width ? [x + start, y] : [x + width, y + start - width];
    path += `M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}`;
  }
  return path;
}

/** Four corners around a box: the one mark of selection. */
export function cropPath({ x, y, width, height }: Box, out = 3.5, arm = 9): string {
  const [left, top, right, bottom] = [x - out, y - out, x + width + out, y + height + out];
  const along = Math.min(arm, width / 2, height / 2) + out;
  return (
    `M${left} ${top + along}V${top}H${left + along}M${right - along} ${top}H${right}V${top + along}` +
    `M${right} ${bottom - along}V${bottom}H${right - along}M${left + along} ${bottom}H${left}V${bottom - along}`
  );
}

/** A torn edge: the strip goes on beyond it. */
export function tornPath(x: number, y: number, height: number): string {
  const quarter = height / 4;
  return `M${x} ${y - 1}l-4 ${quarter} 8 ${quarter} -8 ${quarter} 4 ${quarter + 2}`;
}

/** Arrowhead with its tip at (x, y). */
export function arrowPath(
  x: number,
  y: number,
  towards: 'left' | 'right' | 'down',
  length = 9,
  half = 5.5,
): string {
  if (towards === 'down') return `M${x} ${y}l${-half} ${-length}h${2 * half}Z`;
  const back = towards === 'left' ? length : -length;
  return `M${x} ${y}l${back} ${-half}v${2 * half}Z`;
}

export const hourglassPath = (x: number, y: number, half = 6): string =>
  `M${x - half * 0.75} ${y - half}h${half * 1.5}L${x - half * 0.75} ${y + half}h${half * 1.5}Z`;

/** Circling arrow: it will come again, or came again. */
export const circlingPath = (x: number, y: number): string =>
  `M${x + 3.6} ${y - 3.2}A4.8 4.8 0 1 0 ${x + 4.8} ${y + 0.8}`;
export const circlingTip = (x: number, y: number): string => `M${x + 6.4} ${y - 6}v5.2h-5.2Z`;
export const crossPath = (x: number, y: number, half = 4): string =>
  `M${x - half} ${y - half}l${2 * half} ${2 * half}m0 ${-2 * half}l${-2 * half} ${2 * half}`;

/** What an edge says about a token; colour never does. */
export type Edge = 'plain' | 'second' | 'stale' | 'ghost' | 'dead' | 'parked';

/** Small signs that stand at a token, a stop or a line. */
export type SignKind =
  | 'redelivered'
  | 'skipped'
  | 'copy'
  | 'delayed'
  | 'disordered'
  | 'dead'
  | 'slow'
  | 'paused'
  | 'rebalancing'
  | 'pin'
  | 'done';
