/** SQS queues: a bag without an order, or lanes by message group. There is no server to be drawn. */
import type { Pile, PileCell } from '../../kernel/shape';
import { baseline, label } from '../layout/placer';
import type { Box, Point } from '../layout/scene';
import { fitText, textWidth } from '../layout/text-width';
import { shortLabel } from '../names';
import { pathOf } from '../shapes/paths';
import { doorIn, elbow, msUntil, scattered, textOn, type Draw, type Place } from './draw';
import { arcPath, at, bagPath, circlePath, of } from './scene';
import { drawTitle } from './titles';

/** Where a message lies, for the line of its receipt handle. */
export interface PilePlace extends Place {
  readonly cells: ReadonlyMap<number, Point>;
}

export function drawPile(draw: Draw, pile: Pile, area: Box, isGrave = false): PilePlace {
  const { pen, m, words } = draw;
  const counts = isGrave
    ? words.kept(pile.available + pile.inFlight + pile.delayed)
    : words.pileCounts(pile.available, pile.inFlight, pile.delayed);
  const head = drawTitle(draw, area, pile.name, isGrave ? '' : words.pileType[pile.type], counts);
  const box = { ...area, y: area.y + head, height: area.height - head };
  const cells = pile.type === 'fifo' ? drawLanes(draw, pile, box) : drawBag(draw, pile, box);
  const middle = box.y + box.height / 2;
  const door = { x: box.x, y: Math.round(box.y + box.height * (m.mode === 'phone' ? 0.5 : 0.72)) };
  if (pile.deadLetter && !isGrave) doorIn(pen, door);
  pen.item(`queue/${pile.address}`, saysPile(draw, pile, counts), box, at(pile.address));
  const enters =
    pile.type === 'fifo'
      ? box.y + Math.min(box.height, pitchOf(draw, pile, box) * Math.max(1, pile.groups.length)) / 2
      : Math.round(box.y + Math.min(box.height * 0.3, 40));
  return {
    box,
    top: area.y,
    in: { x: box.x, y: enters },
    out: { x: box.x + box.width, y: middle },
    door,
    cells,
  };
}

function drawBag(draw: Draw, pile: Pile, box: Box): ReadonlyMap<number, Point> {
  const { pen, m, words } = draw;
  pen.stroke(bagPath(box, Math.min(18, box.height / 4)), 'outline thin');
  blockWalls(draw, box);
  const radius = m.mode === 'wide' ? 15 : m.mode === 'tight' ? 13 : 12;
  const grid = gridOf(box, radius, m.mode === 'phone');
  const places = placesOf(pile, grid);
  const spots = new Map<number, Point>();
  pile.cells.forEach((cell, index) => {
    const place = places[index];
    if (place === null) return;
    const spot = spotOf(grid, place, cell.face.message, box);
    spots.set(cell.face.message, spot);
    drawToken(draw, pile, cell, spot, radius);
  });
  for (const cell of pile.cells) {
    const spot = spots.get(cell.face.message);
    if (!spot) continue;
    if (cell.until !== null) placeBeside(draw, spot, radius + 8, words.seconds(msUntil(draw, cell.until)));
    // Its name, where there is no room for it on the token.
    if (textOn(cell.face, radius) === null) placeBeside(draw, spot, radius + 8, shortLabel(cell.face.label));
  }
  const rest = pile.available + pile.inFlight + pile.delayed - spots.size;
  if (rest > 0)
    pen.place(
      label(box.x + box.width - 14, box.y + box.height - 8, words.more(rest), { size: 14, weight: 600, anchor: 'end' }),
      label(box.x + 14, box.y + box.height - 8, words.more(rest), { size: 14, weight: 600 }),
    ); // prettier-ignore
  return spots;
}

/** Nothing is written across an outline. */
function blockWalls({ pen }: Draw, { x, y, width, height }: Box): void {
  for (const side of [x - 1, x + width - 1]) pen.placer.block({ x: side, y, width: 2, height });
  for (const side of [y - 1, y + height - 1]) pen.placer.block({ x, y: side, width, height: 2 });
}

interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
  readonly height: number;
}

/** As many spots as there is room for a token, its ring and its pips. */
function gridOf(box: Box, radius: number, isPhone: boolean): Grid {
  const [wanted, high] = [radius * 2 + (isPhone ? 26 : 44), radius * 2 + 24];
  const columns = Math.max(1, Math.floor((box.width - 16) / wanted));
  const rows = Math.max(1, Math.floor((box.height - 16) / high));
  return { columns, rows, width: (box.width - 16) / columns, height: (box.height - 16) / rows };
}

/**
 * A spot for each message, without any order that could be read from it. It is found from the message alone, so that
 * nobody moves when others come and go; only where two want one spot, the younger takes the next that is free.
 */
function placesOf({ cells }: Pile, { columns, rows }: Grid): (number | null)[] {
  const count = columns * rows;
  const step = [7, 11, 5, 13, 3].find((candidate) => count % candidate !== 0) ?? 1;
  const taken = new Set<number>();
  return cells.map(({ face }) => {
    if (taken.size >= count) return null;
    let spot = (face.message * step) % count;
    while (taken.has(spot)) spot = (spot + 1) % count;
    taken.add(spot);
    return spot;
  });
}

function spotOf({ columns, width, height }: Grid, place: number, message: number, box: Box): Point {
  const [column, row] = [place % columns, Math.floor(place / columns)];
  const chance = scattered(message);
  const sideways = ((chance % 100) / 100 - 0.5) * Math.min(16, width * 0.25);
  const upwards = (((chance >>> 8) % 100) / 100 - 0.5) * Math.max(0, Math.min(12, height - 52));
  return {
    x: Math.round(box.x + 8 + (column + 0.5) * width + sideways),
    y: Math.round(box.y + 7 + (row + 0.5) * height + upwards),
  };
}

/** One message: whole while it is visible; half there, with a ring that runs out, while it is in flight. */
function drawToken(draw: Draw, pile: Pile, cell: PileCell, { x, y }: Point, radius: number): void {
  const { pen } = draw;
  const { face, state, until, hiddenAt, receives } = cell;
  const text = textOn(face, radius);
  const isHidden = state === 'in flight';
  pen.face(face, x, y, radius, { text, opacity: isHidden ? 0.42 : 1, plate: true });
  if (isHidden && until !== null) {
    const left = msUntil(draw, until);
    const whole = Math.max(1, (until - (hiddenAt ?? until)) / 1000);
    pen.over(circlePath(x, y, radius + 5), 'stroke hair');
    pen.over(arcPath(x, y, radius + 5, left / whole), 'stroke bold');
    pen.placer.block({ x: x - radius - 6, y: y - radius - 6, width: 2 * radius + 12, height: 2 * radius + 12 });
  } else if (state === 'delayed' && until !== null) {
    pen.sign('delayed', x + radius, y - radius);
  }
  drawPips(draw, receives, pile.deadLetter?.maxReceives ?? null, x, y + radius + 9);
  const box = { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
  pen.item(`cell/${pile.address}/${face.message}`, saysCell(draw, pile, cell), box, of(face.message));
} // prettier-ignore

function placeBeside({ pen }: Draw, { x, y }: Point, reach: number, text: string): void {
  const style = { size: 14, mono: true } as const;
  const base = baseline(y, 14);
  pen.place(
    label(x - reach - 4, base, text, { ...style, anchor: 'end' }),
    label(x + reach + 4, base, text, style),
    label(x, y - reach - 2, text, { ...style, anchor: 'middle' }),
  );
}

/** How often it was received, of how many times before it goes to the dead letters. */
function drawPips({ pen, words }: Draw, receives: number, most: number | null, x: number, y: number): void {
  if (most !== null && most <= 6) {
    const step = 8;
    const start = x - ((most - 1) * step) / 2;
    for (let pip = 0; pip < most; pip++)
      pen.over(circlePath(start + pip * step, y, 2.75), pip < receives ? 'solid' : 'outline thin');
    pen.placer.block({ x: start - 4, y: y - 4, width: most * step, height: 8 });
  } else if (receives > 0) {
    const text = most === null ? words.receives(receives) : words.pips(receives, most);
    pen.place(label(x, y + 6, text, { size: 14, anchor: 'middle' }));
  }
}

/** From one lane to the next. */
function pitchOf({ m }: Draw, { groups }: Pile, { height }: Box): number {
  return Math.min(m.mode === 'phone' ? 30 : 40, Math.max(24, height / Math.max(1, groups.length)));
}

/** FIFO: a lane for each message group, its first message at the gate; locked while one of the group is in flight. */
function drawLanes(draw: Draw, pile: Pile, box: Box): ReadonlyMap<number, Point> {
  const { pen, m, words } = draw;
  const spots = new Map<number, Point>();
  const pitch = pitchOf(draw, pile, box);
  const middle = box.y + Math.min(box.height, pitch * Math.max(1, pile.groups.length)) / 2;
  const fitting = Math.max(1, Math.floor(box.height / pitch));
  const groups = pile.groups.slice(0, pile.groups.length > fitting ? fitting - 1 : fitting);
  const lock = 26;
  const gate = box.x + box.width - lock;
  const nameRoom = m.mode === 'phone' ? 44 : 76;
  if (groups.length === 0) drawNoLane(draw, box, gate, middle);
  groups.forEach(({ name, count, lockedUntil }, index) => {
    const y = box.y + (index + 0.5) * pitch;
    const height = Math.min(32, pitch - 5);
    const radius = Math.min(m.mode === 'phone' ? 9 : 13, height / 2 - 2);
    const waiting = pile.cells.filter((cell) => cell.group === name);
    const step = 2 * radius + (m.mode === 'phone' ? 8 : 16);
    const room = Math.max(1, Math.floor((gate - box.x - nameRoom) / step));
    const shown = waiting.slice(0, room);
    const left = gate - Math.max(1, shown.length) * step - 10;
    drawLane(draw, left, gate, y, height, lockedUntil !== null);
    drawLock(draw, box.x + box.width - 9, y, lockedUntil !== null);
    const rest = count - shown.length;
    const title = rest > 0 ? `${name} ${words.more(rest)}` : name;
    const nameLeft = left - 14 - textWidth(title, 14, 600);
    if (box.x + 24 < nameLeft) pen.stroke(pathOf(elbow({ x: box.x, y: middle }, { x: nameLeft, y }, box.x + 14)), 'stroke thin');
    pen.text(left - 8, baseline(y, 14), fitText(title, Math.max(20, left - 8 - box.x), 14, 600), { size: 14, weight: 600, anchor: 'end' });
    shown.forEach((cell, place) => {
      const spot = { x: gate - (place + 0.5) * step - 2, y };
      spots.set(cell.face.message, spot);
      drawInLane(draw, pile, cell, spot, radius, place);
    });
  });
  const hidden = pile.groups.length - groups.length;
  if (hidden > 0) pen.text(gate, box.y + box.height - 6, words.more(hidden), { size: 14, weight: 600, anchor: 'end' });
  return spots;
} // prettier-ignore

/** No message, no group, no lane: where the first will be. */
function drawNoLane({ pen, words }: Draw, box: Box, gate: number, y: number): void {
  const width = textWidth(words.noGroups, 14) + 32;
  const left = Math.max(box.x + 14, gate - width);
  pen.stroke(`M${gate} ${y - 16}H${left + 8}L${left} ${y - 8}V${y + 8}L${left + 8} ${y + 16}H${gate}`, 'stroke dashed');
  pen.text((left + gate) / 2 + 4, baseline(y, 14), fitText(words.noGroups, gate - left - 12, 14), { size: 14, tone: 'ink2', anchor: 'middle' });
  if (box.x + 14 < left - 4) pen.stroke(`M${box.x} ${y}H${left}`, 'stroke thin');
} // prettier-ignore

function drawLane({ pen }: Draw, left: number, gate: number, y: number, height: number, isLocked: boolean): void {
  const [top, bottom] = [y - height / 2, y + height / 2];
  const cut = Math.min(8, height / 3);
  pen.stroke(`M${gate} ${top}H${left + cut}L${left} ${top + cut}V${bottom - cut}L${left + cut} ${bottom}H${gate}`, 'stroke thin');
  if (isLocked) pen.over(`M${gate} ${top - 1}V${bottom + 1}`, 'stroke cased-ink');
  else pen.over(`M${gate} ${top}v5M${gate} ${bottom}v-5`, 'stroke thin');
} // prettier-ignore

/** A padlock, closed or open. */
function drawLock({ pen }: Draw, x: number, y: number, isLocked: boolean): void {
  pen.over(
    isLocked ? `M${x - 4} ${y - 1}v-3a4 4 0 0 1 8 0v3` : `M${x - 4} ${y - 1}v-4a4 4 0 0 1 8 0`,
    'stroke thin',
  );
  pen.over(`M${x - 6} ${y - 1}h12v9h-12Z`, isLocked ? 'solid' : 'outline thin');
}

function drawInLane(draw: Draw, pile: Pile, cell: PileCell, { x, y }: Point, radius: number, place: number): void {
  const { pen } = draw;
  const isHidden = cell.state === 'in flight';
  pen.face(cell.face, x, y, radius, { text: textOn(cell.face, radius), opacity: isHidden ? 0.42 : 1 });
  if (isHidden && cell.until !== null) {
    const whole = Math.max(1, (cell.until - (cell.hiddenAt ?? cell.until)) / 1000);
    pen.over(arcPath(x, y, radius + 2, msUntil(draw, cell.until) / whole), 'stroke bold');
  } else if (cell.state === 'delayed') pen.sign('delayed', x + radius, y - radius);
  const box = { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
  const name = `${saysCell(draw, pile, cell)}, ${draw.words.saysPlace(place)}`;
  pen.item(`cell/${pile.address}/${cell.face.message}`, name, box, of(cell.face.message));
} // prettier-ignore

/** The line of a receipt handle: from what is in flight to the edge where its receiver stands. */
export function drawHandles(
  { pen }: Draw,
  pile: Pile,
  place: PilePlace,
  entries: ReadonlyMap<string, Point>,
): void {
  for (const { state, holder, face } of pile.cells) {
    const from = place.cells.get(face.message);
    const entry = entries.get(holder ?? '');
    if (state !== 'in flight' || !from || !entry || pile.type === 'fifo') continue;
    pen.stroke(`M${from.x} ${from.y}L${entry.x - 14} ${entry.y}H${entry.x}`, 'stroke ink3');
  }
}

function saysPile(draw: Draw, pile: Pile, counts: string): string {
  const { words } = draw;
  const { deadLetter, groups, name, type } = pile;
  const more = [
    ...(deadLetter ? [`${words.saysDeath(deadLetter.queue.split('/').at(-1) ?? '')} ${words.after(deadLetter.maxReceives)}`] : []),
    ...groups.flatMap(({ name: group, lockedUntil }) =>
      lockedUntil === null ? [] : [`${words.saysGroup(group)} ${words.locked(msUntil(draw, lockedUntil))}`],
    ),
  ];
  return words.saysQueue(name, words.pileType[type], counts, more);
} // prettier-ignore

function saysCell(draw: Draw, pile: Pile, cell: PileCell): string {
  const { words } = draw;
  const left = cell.until === null ? 0 : msUntil(draw, cell.until);
  const state =
    cell.state === 'available'
      ? words.saysVisible
      : cell.state === 'delayed'
        ? words.saysDelayed(left)
        : words.saysInFlight(left, cell.holder);
  return [
    words.saysCell(cell.face.label, cell.face.domain, state),
    ...(cell.receives > 0 ? [words.saysReceives(cell.receives, pile.deadLetter?.maxReceives ?? null)] : []),
    ...(cell.group === null ? [] : [words.saysGroup(cell.group)]),
  ].join(', ');
}
