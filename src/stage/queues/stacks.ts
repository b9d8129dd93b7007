/** RabbitMQ's queues: a vessel with walls and a floor, open above. What is next lies on the floor. */
import type { Stack, StackCell } from '../../kernel/shape';
import { baseline, label } from '../layout/placer';
import type { Box } from '../layout/scene';
import { fitText, textWidth } from '../layout/text-width';
import { displayName } from '../names';
import { crossPath } from '../shapes/paths';
import { doorIn, msUntil, type Draw, type Place } from './draw';
import { drawTitle } from './titles';
import { at, of } from './scene';

/** Under the floor, where the nodes are named. */
const membersRow = 20;

export function drawStack(draw: Draw, stack: Stack, area: Box, isGrave = false): Place {
  const { pen, m, words } = draw;
  const head = drawTitle(
    draw,
    area,
    stack.name,
    isGrave ? '' : words.queueType[stack.type],
    countsOf(draw, stack, isGrave),
  );
  const foot = stack.members && stack.members.length > 0 ? membersRow : 0;
  const box = { ...area, y: area.y + head, height: area.height - head - foot };
  const [right, floor] = [box.x + box.width, box.y + box.height];
  const isDown = stack.members?.every(({ isUp }) => !isUp) ?? false;
  const wall = `stroke bold${isDown ? ' dashed' : ''}`;
  pen.stroke(`M${box.x} ${box.y}V${floor}H${right}V${box.y}`, wall);
  drawCells(draw, stack, box);
  if (foot > 0) drawMembers(draw, stack, box, floor + membersRow);
  const headY = floor - m.row / 2;
  const door = { x: box.x, y: headY };
  if (stack.deadLetter) doorIn(pen, door);
  const entry = box.x + Math.min(22, box.width / 4);
  pen.item(`queue/${stack.address}`, saysStack(draw, stack), box, at(stack.address));
  return { box, top: area.y, in: { x: entry, y: box.y - 6 }, out: { x: right, y: headY }, door };
}

function countsOf({ words }: Draw, { type, ready, unacked }: Stack, isGrave: boolean): string {
  if (type === 'stream') return words.streamCount(ready);
  return isGrave && unacked === 0 ? words.kept(ready) : words.stackCounts(ready, unacked);
}

function drawCells(draw: Draw, stack: Stack, box: Box): void {
  const { pen, m, words } = draw;
  const room = Math.max(1, Math.floor((box.height - 2) / m.row));
  const hasMore = stack.ready > Math.min(room, stack.cells.length);
  const shown = stack.cells.slice(0, hasMore ? Math.max(1, room - 1) : room);
  const floor = box.y + box.height;
  shown.forEach((cell, index) => {
    const top = floor - (index + 1) * m.row;
    const next = shown[index + 1];
    // A ledge bears what is less urgent; what is more urgent goes below it.
    const ledge = next !== undefined && next.priority < cell.priority;
    pen.stroke(`M${box.x} ${top}H${box.x + box.width}`, ledge ? 'stroke bold' : 'stroke ink3');
    drawCell(draw, stack, cell, { ...box, y: top, height: m.row }, index);
  });
  const rest = stack.ready - shown.length;
  const top = floor - shown.length * m.row;
  if (rest > 0)
    pen.text(box.x + box.width / 2, baseline(top - m.row / 2, 14), words.moreReady(rest), {
      size: 14,
      weight: 600,
      anchor: 'middle',
      tone: 'ink2',
    });
}

function drawCell(draw: Draw, stack: Stack, cell: StackCell, row: Box, index: number): void {
  const { pen, m } = draw;
  const middle = row.y + row.height / 2;
  const radius = Math.min(m.token, row.height / 2 - 3);
  const faceX = row.x + radius + 8;
  pen.face(cell.face, faceX, middle, radius);
  const start = faceX + radius + 8;
  const words = conditionsOf(draw, stack, cell, index);
  const base = baseline(middle, 14);
  const room = row.x + row.width - start - 6;
  const name = fitText(cell.face.label, room, 14, 600);
  pen.text(start, base, name, { size: 14, weight: 600 });
  let right = row.x + row.width - 8;
  if (cell.redelivered) {
    // The circling arrow, and how often: as far as anybody counts.
    const count = String(Math.max(1, cell.deliveries));
    pen.text(right, base, count, { size: 14, weight: 600, anchor: 'end', tone: 'red' });
    pen.sign('redelivered', right - textWidth(count, 14, 600) - 11, middle);
    right -= textWidth(count, 14, 600) + 26;
  }
  const said = words.find(({ text }) => textWidth(text, 14) <= right - start - textWidth(name, 14, 600) - 8);
  if (said) {
    pen.text(right, base - (said.share === null ? 0 : 2), said.text, { size: 14, anchor: 'end', tone: said.share === 0 ? 'red' : 'ink2' }); // prettier-ignore
    if (said.share !== null) drawDrain(draw, right, middle + 8, said.share);
  }
  pen.item(`cell/${stack.address}/${cell.face.message}/${index}`, saysCell(draw, stack, cell, index), row, of(cell.face.message)); // prettier-ignore
}

/** A bar that drains to the right under its words. */
function drawDrain({ pen }: Draw, right: number, y: number, share: number): void {
  const width = 44;
  pen.stroke(`M${right - width} ${y}H${right}`, 'stroke');
  if (share > 0) pen.stroke(`M${right - width * share} ${y}H${right}`, 'stroke cased-ink');
}

/** What is to be said of a message at the right, the most telling first. */
function conditionsOf(
  draw: Draw,
  { type }: Stack,
  cell: StackCell,
  index: number,
): { readonly text: string; readonly share: number | null }[] {
  const { words } = draw;
  const plain = (text: string) => ({ text, share: null });
  const conditions = [];
  if (cell.expiresAt !== null) {
    const left = msUntil(draw, cell.expiresAt);
    const whole = Math.max(1, (cell.expiresAt - cell.since) / 1000);
    const text = left <= 0 ? words.ttlOver : words.ttl(left);
    conditions.push({ text, share: Math.max(0, Math.min(1, left / whole)) });
  }
  if (cell.priority > 0) conditions.push(plain(words.priority(cell.priority)));
  if (cell.deaths > 0) {
    if (cell.lastDeath !== undefined) conditions.push(plain(words.deathReason(cell.lastDeath)));
    conditions.push(plain(words.died(cell.deaths)));
  }
  if (type === 'stream' && cell.offset !== undefined) conditions.push(plain(String(cell.offset)));
  if (type !== 'stream' && index === 0) conditions.push(plain(words.head));
  return conditions;
}

function drawMembers({ pen, m, words }: Draw, { members = [] }: Stack, box: Box, y: number): void {
  const step = box.width / members.length;
  members.forEach(({ process, isLeader, isUp }, index) => {
    const x = box.x + index * step + 6;
    const middle = y - 7;
    const square = `M${x - 5} ${middle - 5}h10v10h-10Z`;
    pen.stroke(square, isLeader && isUp ? 'solid' : `outline${isUp ? '' : ' dashed'}`);
    if (!isUp) pen.stroke(crossPath(x, middle, 5), 'stroke bold red');
    const room = step - 18;
    const short = process.split('-').at(-1) ?? process;
    const texts = [
      words.members(process, isLeader, isUp),
      process,
      words.members(short, isLeader, isUp),
      short,
    ];
    const style = { size: 14, tone: isUp ? 'ink2' : 'red', weight: isLeader ? 600 : 400 } as const;
    const fitting = texts.find((text) => textWidth(text, 14, style.weight) <= room) ?? short;
    if (m.mode !== 'phone' || members.length < 4)
      pen.place(label(x + 10, baseline(middle, 14), fitting, style));
  });
}

function saysStack(draw: Draw, stack: Stack): string {
  const { words, model } = draw;
  const death = model.deaths.find(({ from }) => from === stack);
  const names = death?.past ? [death.past.name] : (death?.to ?? []).map((to) => to.split('/').at(-1) ?? to);
  const more = [
    ...(death ? [words.saysDeath(names.join(', '))] : []),
    ...(stack.members ?? []).map(({ process, isLeader, isUp }) => words.members(process, isLeader, isUp)),
    ...(stack.left ? [words.left(stack.left.face.label, stack.left.reason)] : []),
  ];
  return words.saysQueue(displayName(stack.name), words.queueType[stack.type], countsOf(draw, stack, false), more); // prettier-ignore
}

function saysCell(draw: Draw, { type }: Stack, cell: StackCell, index: number): string {
  const { words } = draw;
  const { face, redelivered, deliveries, offset } = cell;
  const place = type === 'stream' && offset !== undefined ? words.saysOffset(offset) : words.saysPlace(index);
  const conditions = conditionsOf(draw, { type } as Stack, cell, -1).map(({ text }) => text);
  return [
    words.saysCell(face.label, face.domain, place),
    ...(redelivered ? [words.saysRedelivered(Math.max(1, deliveries))] : []),
    ...(type === 'stream' ? [] : conditions),
  ].join(', ');
}
