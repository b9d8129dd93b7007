/** Exchanges and SNS topics: a double ring with its type in words, and a line for each binding or subscription. */
import type { Address, Route, Switch } from '../../kernel/shape';
import { baseline, label } from '../layout/placer';
import type { Point } from '../layout/scene';
import { fitText, textWidth } from '../layout/text-width';
import { displayName } from '../names';
import { crossPath, pathOf } from '../shapes/paths';
import { arrow, elbow, msSince, upright, wire, type Draw, type Place } from './draw';
import { at, circlePath, of } from './scene';

/** How long a message that was routed is worth showing on its bindings, and one that went nowhere below the ring. */
const routedMs = 1500;
const nowhereMs = 5000;

export function drawSwitch(
  draw: Draw,
  one: Switch,
  middle: Point,
  radius: number,
  isDead = false,
  comesFromAbove = false,
): Place {
  // prettier-ignore
  const { pen, m, words } = draw;
  const { x, y } = middle;
  pen.over(circlePath(x, y, radius), one.internal ? 'outline bold dashed' : 'outline bold');
  pen.over(circlePath(x, y, radius - 4), 'stroke');
  const type = words.type[one.type];
  const size = [15, 14].find((each) => textWidth(type, each, 600) <= 2 * radius - 10) ?? 14;
  const inside = fitText(type, 2 * radius - 8, size, 600);
  pen.text(x, baseline(y, size), inside, { size, weight: 600, anchor: 'middle' });
  pen.placer.block({ x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius });
  const kind = isDead ? words.deadLetterExchange : kindOf(draw, one);
  const name = one.name === '' ? words.defaultExchange : one.name;
  const room = draw.upright ? 110 : 2 * radius + 84;
  // Above, where bindings leave room: below there may be what went nowhere, or another exchange.
  const isLedTo = draw.model.switches.some(({ routes }) => routes.some(({ to }) => to === one.address));
  const isAbove = draw.upright ? !isDead : one.routes.length <= 3 && !isLedTo && !comesFromAbove;
  const below = isAbove ? y - radius - 9 : y + radius + 17;
  const both = `${name} ${kind}`;
  if (textWidth(both, 14) <= room) {
    const width = textWidth(name, 14, 600) + 5 + textWidth(kind, 14);
    const start = Math.max(m.pad, x - width / 2);
    pen.text(start, below, name, { size: 14, weight: 600 });
    pen.text(start + textWidth(name, 14, 600) + 5, below, kind, { size: 14, tone: 'ink2' });
  } else {
    pen.text(x, below, fitText(name, room, 14, 600), { size: 14, weight: 600, anchor: 'middle' });
    pen.place(label(x, below + (isAbove ? -17 : 16), kind, { size: 14, tone: 'ink2', anchor: 'middle' }));
  }
  drawNowhere(draw, one, middle, radius);
  const box = { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
  pen.item(`switch/${one.address}`, saysSwitch(draw, one), box, at(one.address));
  return { box, top: y - radius, in: { x: x - radius - 2, y }, out: { x: x + radius, y } };
}

/** A message that no binding took drops off: its ghost, and why. What dropped before is a number. */
function drawNowhere(draw: Draw, one: Switch, { x, y }: Point, radius: number): void {
  const { pen, m, words } = draw;
  const { last, unroutable, type } = one;
  const isFresh = last !== null && msSince(draw, last.at) <= nowhereMs;
  const became = last?.became;
  if (isFresh && (became === 'dropped' || became === 'returned')) {
    const spot = { x: x - radius * 0.4, y: y + radius + (one.routes.length <= 3 ? 22 : 40) };
    if (one.routes.length <= 3)
      pen.stroke(`M${spot.x} ${y + radius - 1}V${spot.y - m.token - 3}`, 'stroke red dashed');
    pen.face(last.face, spot.x, spot.y, m.token, { edge: 'ghost', plate: true });
    pen.over(crossPath(spot.x + m.token + 6, spot.y - 5, 4), 'stroke bold red');
    const why = type.startsWith('SNS') ? words.nowhere.unwanted : words.nowhere[became](last.routingKey);
    const style = { size: 14, weight: 600, tone: 'red' } as const;
    const start = spot.x + m.token + 15;
    pen.place(
      label(start, spot.y + 6, why, style),
      label(m.pad, spot.y + 26, why, style),
      label(start, spot.y + 6, fitText(why, 130, 14, 600), style),
    );
    pen.item(`nowhere/${one.address}`, `${last.face.label}, ${why}`, { x: spot.x - 9, y: spot.y - 9, width: 18, height: 18 }, of(last.face.message)); // prettier-ignore
  } else if (unroutable > 0) {
    const text = words.unrouted(unroutable);
    pen.place(
      draw.upright ? label(x + radius + 8, y + radius - 2, text, { size: 14, tone: 'red' }) : null,

      label(x, y + radius + 17, text, { size: 14, anchor: 'middle', tone: 'red' }),
      label(x, y + radius + 33, text, { size: 14, anchor: 'middle', tone: 'red' }),
    );
  }
}

/** How one route is drawn: thick when it has just taken a message, dim when it has just not. */
function lookOf(draw: Draw, { last }: Switch, { id }: Route): 'hot' | 'dim' | 'plain' {
  if (last === null || msSince(draw, last.at) > routedMs) return 'plain';
  return last.took.includes(id) ? 'hot' : 'dim';
}

const strokes = { hot: 'stroke cased-ink', plain: 'stroke thin', dim: 'stroke ink3' } as const;

interface Lead {
  readonly to: Address;
  readonly place: Place;
  readonly routes: readonly { readonly route: Route; readonly text: string; readonly look: ReturnType<typeof lookOf> }[];
} // prettier-ignore

/** At most so many bindings are drawn one by one. */
const routesMax = 7;

function leadsOf(draw: Draw, one: Switch, places: ReadonlyMap<Address, Place>): Lead[] {
  const { words } = draw;
  const leads = new Map<Address, { route: Route; text: string; look: ReturnType<typeof lookOf> }[]>();
  const alternate: Route[] = one.alternate ? [{ id: ' alternate', to: one.alternate, label: words.alternate, passed: 0 }] : []; // prettier-ignore
  for (const route of [...one.routes, ...alternate]) {
    if (!places.has(route.to)) continue;
    const retrying = route.retrying ? words.retrying(route.retrying) : null;
    const text = [route.label, route.isRaw ? words.raw : null, retrying].filter(Boolean).join(', ');
    const isAlternate = route.id === ' alternate' && one.last?.became === 'alternate' && msSince(draw, one.last.at) <= routedMs; // prettier-ignore
    const look = isAlternate ? 'hot' : lookOf(draw, one, route);
    leads.set(route.to, [...(leads.get(route.to) ?? []), { route, text, look }]);
  }
  return [...leads]
    .map(([to, routes]): Lead => ({ to, place: places.get(to)!, routes }))
    .sort((a, b) => a.place.in.y - b.place.in.y || a.place.in.x - b.place.in.x);
}

/** Bindings leave the ring side by side with their keys; those to one queue merge, and one line leads into it. */
export function drawRoutes(draw: Draw, one: Switch, from: Place, places: ReadonlyMap<Address, Place>, busFrom: number): void {
  const { pen } = draw;
  const leads = leadsOf(draw, one, places);
  const beside = leads.filter(({ place }) => !draw.upright && place.in.x > from.out.x);
  const radius = from.box.height / 2;
  const x0 = from.box.x + radius;
  const lines = Math.min(routesMax, beside.reduce((sum, { routes }) => sum + routes.length, 0));
  const pitch = 24;
  let line = 0;
  beside.forEach(({ to, place, routes }, index) => {
    const shown = routes.slice(0, Math.max(1, routesMax - line));
    const rest = routes.length - shown.length;
    const ys = shown.map((_, at) => from.out.y + (line + at - (lines - 1) / 2) * pitch);
    line += shown.length;
    const join = { x: busFrom, y: Math.round(ys.reduce((sum, y) => sum + y, 0) / ys.length) };
    shown.forEach(({ text, look }, at) => {
      const y = ys[at];
      const off = y - from.out.y;
      const start = Math.abs(off) < radius - 2 ? x0 + Math.sqrt(radius * radius - off * off) : x0 + radius * 0.7;
      const startY = Math.abs(off) < radius - 2 ? y : from.out.y + Math.sign(off) * radius * 0.7;
      const path = [{ x: start, y: startY }, { x: x0 + radius + 14, y }, { x: join.x - 10, y }, join];
      wire(pen, path, strokes[look]);
      const room = join.x - 14 - (x0 + radius + 6);
      const said = fitText(at === shown.length - 1 && rest > 0 ? `${text} +${rest}` : text, room, 14, 400, true);
      const style = { size: 14, mono: true, weight: look === 'hot' ? 700 : 400, tone: look === 'dim' ? 'ink3' : 'ink2' } as const;
      pen.place(label(x0 + radius + 8, y - 5, said, style), label(x0 + radius + 8, y + 15, said, style));
    });
    const hottest = shown.some(({ look }) => look === 'hot') ? 'hot' : shown.every(({ look }) => look === 'dim') ? 'dim' : 'plain';
    const bend = busFrom + 8 + (beside.length - 1 - index) * 8;
    const into = intoOf(place, join, bend);
    wire(pen, into, strokes[hottest]);
    if (shown.length > 1) pen.over(circlePath(join.x, join.y, 4), 'solid');
    pen.road(one.address, to, [from.out, { x: join.x - 10, y: ys[0] }, ...into]);
    enter(draw, place, into);
  });
  leads.forEach((lead, index) => {
    if (beside.includes(lead)) return;
    if (draw.upright && !draw.model.switches.some(({ address }) => address === lead.to)) drawDown(draw, one, from, lead, busFrom, leads.length - 1 - index);
    else drawAround(draw, one, from, lead);
  });
} // prettier-ignore

/** Into an open vessel from above, or into a wall from the left. */
function intoOf(place: Place, from: Point, bend: number): readonly Point[] {
  if (!isMouth(place)) return elbow(from, { x: place.in.x - 1, y: place.in.y }, bend);
  const along = elbow(from, { x: place.in.x, y: place.in.y }, Math.min(bend, place.in.x - 12));
  return [...along, { x: place.in.x, y: place.in.y + 12 }];
}

/** Its entry is above it. */
export function isMouth({ box, in: entry }: Place): boolean {
  return entry.y < box.y;
}

export function enter(draw: Draw, place: Place, path: readonly Point[]): void {
  const { x, y } = path.at(-1)!;
  arrow(draw.pen, { x, y: isMouth(place) ? y + 2 : y }, isMouth(place) ? 'down' : 'right');
}

/** To what stands below, or in another column than the next: from the ring's foot, with the key on the line. */
function drawAround(draw: Draw, one: Switch, from: Place, { to, place, routes }: Lead): void {
  const { pen } = draw;
  const look = routes.some((route) => route.look === 'hot') ? 'hot' : routes.every((route) => route.look === 'dim') ? 'dim' : 'plain';
  const x = from.box.x + from.box.width / 2;
  const isBelow = place.box.y > from.box.y + from.box.height - 4;
  const target = isMouth(place) ? { x: place.in.x, y: place.in.y + 8 } : isBelow ? { x: place.box.x + place.box.width / 2, y: place.box.y - 2 } : place.in;
  const start = isBelow ? { x, y: from.box.y + from.box.height } : from.out;
  const path = isBelow ? upright(start, target, Math.max(start.y + 14, target.y - 30)) : elbow(start, target, start.x + 12);
  wire(pen, path, strokes[look]);
  arrow(pen, path.at(-1)!, isBelow ? 'down' : 'right');
  pen.road(one.address, to, path);
  const texts = routes.map(({ text }) => text).filter((text) => text !== '');
  const said = texts.length > 1 ? `${texts[0]} +${texts.length - 1}` : (texts[0] ?? '');
  if (said === '') return;
  const style = { size: 14, mono: true, halo: true, weight: look === 'hot' ? 700 : 400, tone: look === 'dim' ? 'ink3' : 'ink2' } as const;
  const middle = isBelow ? { x: target.x, y: target.y - 12 } : { x: start.x + 10, y: start.y - 6 };
  const short = fitText(said, Math.max(40, place.box.width), 14, 400, true);
  pen.place(
    label(middle.x + 7, middle.y, short, style),
    label(middle.x - 7, middle.y, short, { ...style, anchor: 'end' }),
    label(middle.x + 7, middle.y - 18, short, style),
  );
} // prettier-ignore

/** Upright: down from the ring, along the left edge, and into the queue, its keys above the queue's name. */
function drawDown(draw: Draw, one: Switch, from: Place, { to, place, routes }: Lead, bus: number, edge: number): void {
  const { pen, m } = draw;
  const look = routes.some((route) => route.look === 'hot') ? 'hot' : routes.every((route) => route.look === 'dim') ? 'dim' : 'plain';
  const order = draw.model.switches.indexOf(one);
  const x = from.box.x + from.box.width / 2;
  const left = m.pad + 2 + Math.min(3, edge) * 6;
  const y = bus - order * 6;
  const start = { x, y: from.box.y + from.box.height };
  const along = [start, { x, y: y - 6 }, { x: x - 6, y }, { x: left + 6, y }, { x: left, y: y + 6 }];
  const path = [...along, ...intoOf(place, { x: left, y: y + 8 }, left).slice(1)];
  wire(pen, path, strokes[look]);
  enter(draw, place, path);
  pen.road(one.address, to, path);
  const said = routes.map(({ text }) => text).filter((text) => text !== '').join('  ');
  const style = { size: 14, mono: true, weight: look === 'hot' ? 700 : 400, tone: look === 'dim' ? 'ink3' : 'ink2' } as const;
  if (said !== '') pen.place(label(place.box.x, place.top - 3, fitText(said, place.box.width + 30, 14, 400, true), style));
} // prettier-ignore

/** A plain line from somebody who publishes into a switch or a queue. */
export function drawPublishing(draw: Draw, from: Point, to: Place, bend: number, isGone: boolean): readonly Point[] {
  const { pen } = draw;
  const path = intoOf(to, from, bend);
  pen.stroke(pathOf(path), isGone ? 'stroke dashed' : 'stroke bold');
  enter(draw, to, path);
  return path;
} // prettier-ignore

function kindOf({ words }: Draw, { type }: Switch): string {
  return type === 'SNS standard' || type === 'SNS FIFO' ? words.topic[type] : words.exchange;
}

function saysSwitch(draw: Draw, one: Switch): string {
  const { words } = draw;
  const type = `${words.type[one.type]} ${kindOf(draw, one)}`;
  const routes = one.routes
    .slice(0, 8)
    .map(({ label, to }) => words.saysRoute(label, displayName(to.split('/').at(-1) ?? to)));
  return words.saysSwitch(one.name === '' ? words.defaultExchange : one.name, type, routes, one.unroutable);
}
