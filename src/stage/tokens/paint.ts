import { domains, type Domain } from '../../kernel/bodies';
import { plateOf } from '../layout/placer';
import type { Label } from '../layout/scene';
import { facePath, pathOf } from '../shapes/paths';
import type { DrawnToken, Drawing } from './draw-list';

/** Colours and fonts as the style sheet has them now. */
export interface Theme {
  readonly page: string;
  readonly ink: string;
  readonly ink3: string;
  readonly red: string;
  readonly edge: string;
  readonly fills: Readonly<Record<Domain, string>>;
  readonly sans: string;
  readonly mono: string;
}

export function themeOf(style: CSSStyleDeclaration): Theme {
  const value = (name: string): string => style.getPropertyValue(name).trim();
  const fills = Object.fromEntries(domains.map((domain) => [domain, value(`--${domain}`)])) as Record<
    Domain,
    string
  >;
  return {
    page: value('--page'),
    ink: value('--ink'),
    ink3: value('--ink3'),
    red: value('--red'),
    edge: value('--token-edge'),
    fills,
    sans: value('--font-sans'),
    mono: value('--font-mono'),
  };
}

/** Paints a drawing onto a canvas of `width` × `height` CSS px whose transform already counts device pixels. */
export function paint(
  context: CanvasRenderingContext2D,
  drawing: Drawing,
  theme: Theme,
  width: number,
  height: number,
): void {
  context.clearRect(0, 0, width, height);
  context.lineJoin = 'miter';
  for (const { path, width: thickness, label } of drawing.bands) {
    context.lineWidth = thickness;
    context.strokeStyle = theme.ink;
    context.stroke(new Path2D(pathOf(path)));
    write(context, label, theme);
  }
  for (const path of drawing.trails) trail(context, new Path2D(pathOf(path)), theme);
  if (drawing.detail === 'square') squares(context, drawing.tokens, theme);
  else for (const token of drawing.tokens) shape(context, token, theme);
  context.fillStyle = theme.ink;
  for (const { x, y } of drawing.commits) context.fill(new Path2D(`M${x - 1} ${y - 9}h11l-3 4 3 4h-9v8h-2z`));
  for (const { label } of drawing.tokens) if (label) write(context, label, theme);
}

/** The road ahead: dots of paper in a line of ink, whatever the wire below looks like. */
function trail(context: CanvasRenderingContext2D, path: Path2D, theme: Theme): void {
  context.lineWidth = 3.5;
  context.strokeStyle = theme.ink;
  context.stroke(path);
  context.setLineDash([2, 5]);
  context.lineWidth = 2;
  context.strokeStyle = theme.page;
  context.stroke(path);
  context.setLineDash([]);
}

/** Shapes of one domain and size are one path, moved about: building it is what costs. */
const outlines = new Map<string, Path2D>();

function outline(domain: Domain, radius: number): Path2D {
  const key = `${domain} ${radius}`;
  const known = outlines.get(key) ?? new Path2D(facePath(domain, 0, 0, radius));
  outlines.set(key, known);
  return known;
}

function shape(
  context: CanvasRenderingContext2D,
  { x, y, face, radius, delivery, held }: DrawnToken,
  theme: Theme,
): void {
  context.translate(x, y);
  context.fillStyle = theme.page;
  if (delivery > 1) {
    const double = outline(face.domain, radius + 4.5);
    context.fill(double);
    context.lineWidth = 1.25;
    context.strokeStyle = theme.ink;
    context.stroke(double);
  } else {
    context.fill(outline(face.domain, radius + 2.5));
  }
  const path = outline(face.domain, radius);
  context.fillStyle = theme.fills[face.domain];
  context.globalAlpha = held ? 0.45 : 1;
  context.fill(path);
  context.globalAlpha = 1;
  const edge = held ? theme.fills[face.domain] : theme.edge;
  if (edge !== 'transparent') {
    context.lineWidth = 1.25;
    context.strokeStyle = edge;
    context.stroke(path);
  }
  context.translate(-x, -y);
}

/** One fill per colour: ten thousand of them are as cheap as this. */
function squares(context: CanvasRenderingContext2D, tokens: readonly DrawnToken[], theme: Theme): void {
  for (const domain of domains) {
    context.fillStyle = theme.fills[domain];
    for (const { x, y, face } of tokens) if (face.domain === domain) context.fillRect(x - 3, y - 3, 6, 6);
  }
}

function write(context: CanvasRenderingContext2D, label: Label, theme: Theme): void {
  const { x, y, text, size, weight, anchor, mono, halo } = label;
  if (halo) {
    const plate = plateOf(label);
    context.fillStyle = theme.page;
    context.fillRect(plate.x, plate.y, plate.width, plate.height);
  }
  context.font = `${weight} ${size}px ${mono ? theme.mono : theme.sans}`;
  context.textAlign = anchor === 'middle' ? 'center' : anchor;
  context.fillStyle = theme.ink;
  context.fillText(text, x, y);
}
