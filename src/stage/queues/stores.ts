/** Stores under the queues: rows closed on four sides, in one line; a new value takes the place of the old one. */
import type { Address, Row, Store } from '../../kernel/shape';
import { toMs } from '../../kernel/time';
import { label } from '../layout/placer';
import type { Box } from '../layout/scene';
import { fitText, textWidth } from '../layout/text-width';
import { displayName, hostOf, shapesOf } from '../names';
import { pathOf } from '../shapes/paths';
import { storeHead } from './columns';
import { arrow, msSince, msUntil, upright, type Draw } from './draw';
import { isGone, type Hand } from './hands';
import { at, of, rect } from './scene';

/** How long a row that has just been written is drawn bold. */
const freshMs = 1500;
const rowWidth = { least: 84, most: 150 } as const;

/** Beside the last worker, where a line may run down past others. */
const laneGap = 10;

export function drawStores(draw: Draw, rooms: readonly Box[], hands: ReadonlyMap<Address, Hand>): void {
  draw.model.stores.forEach((store, index) => drawStore(draw, store, rooms[index], hands));
}

function drawStore(draw: Draw, store: Store, area: Box, hands: ReadonlyMap<Address, Hand>): void {
  const { pen, m, words, view } = draw;
  const host = shapesOf(view.shapes, 'process').find(({ address }) => address === hostOf(store.address));
  const gone = host !== undefined && isGone(host);
  const name = displayName(store.name);
  const head = storeHead(m);
  const middle = area.y + area.height / 2;
  pen.text(area.x, middle - 3, fitText(name, head - 8, 14, 600), { size: 14, weight: 600 });
  const state = gone ? words.storeDown : words.rows(store.rowCount);
  pen.text(area.x, middle + 14, fitText(state, head - 8, 14), { size: 14, tone: gone ? 'red' : 'ink2' });
  const first = { x: area.x + head, y: area.y + 4, width: area.width - head, height: area.height - 8 };
  const right = store.rowCount === 0 ? drawEmpty(draw, store, first) : drawRows(draw, store, first, gone);
  drawWriters(draw, store, { ...first, width: right - first.x }, hands);
  const box = { x: area.x, y: area.y, width: head - 4, height: area.height };
  pen.item(`store/${store.address}`, words.saysStore(name, store.rowCount, gone), box, at(store.address));
}

/** Where its last box ends: x. */
function drawRows(draw: Draw, store: Store, { x, y, width: room, height }: Box, gone: boolean): number {
  const { pen, words } = draw;
  const fitting = Math.max(1, Math.floor(room / rowWidth.least));
  const shown = store.rows.slice(0, fitting);
  const width = Math.min(rowWidth.most, room / Math.max(1, shown.length));
  shown.forEach((row, index) => drawRow(draw, row, { x: x + index * width, y, width: width - 6, height }, gone));
  const rest = store.rowCount - shown.length;
  if (rest > 0) pen.place(label(x + room, y + height + 4, words.more(rest), { size: 14, tone: 'ink2', anchor: 'end' }));
  return x + shown.length * width - 6;
} // prettier-ignore

/** Nothing was written to it yet, or it was emptied: a box that waits. */
function drawEmpty({ pen, words }: Draw, { wipedAt }: Store, { x, y, width, height }: Box): number {
  const text = wipedAt === null ? words.noRows : words.emptied(toMs(wipedAt));
  const box = { x, y, width: Math.min(width, Math.max(rowWidth.most - 6, textWidth(text, 14) + 24)), height };
  pen.stroke(rect(box), 'outline dashed');
  const style = { size: 14, tone: 'ink2', anchor: 'middle' } as const;
  pen.text(box.x + box.width / 2, y + height / 2 + 5, fitText(text, box.width - 8, 14), style);
  return box.x + box.width;
}

/** From the stop where a worker applies into the boxes, past whoever stands below it. */
function drawWriters(draw: Draw, store: Store, boxes: Box, hands: ReadonlyMap<Address, Hand>): void {
  const { pen, m } = draw;
  const host = hostOf(store.address);
  const writers = writersOf(store, [...hands.values()]);
  for (const { process, apply } of writers) {
    if (apply === null) continue;
    const isAlone = [...hands.values()].every((one) => one.entry.y <= apply.y);
    const lane = isAlone ? apply.x : pen.width - laneGap;
    const x = Math.round(Math.max(boxes.x + 12, Math.min(boxes.x + boxes.width - 12, apply.x)));
    const turn = boxes.y - 12;
    const from = { x: apply.x, y: apply.y + m.stop + 1 };
    const out = isAlone ? [from] : upright(from, { x: lane, y: turn - 14 }, apply.y + m.slot / 2 + 6);
    const path = [...out, ...upright(out.at(-1)!, { x, y: boxes.y - 1 }, turn).slice(1)];
    pen.stroke(pathOf(path), isGone(process) ? 'stroke dashed' : 'stroke');
    arrow(pen, path.at(-1)!, 'down');
    if (host !== process.address) pen.road(process.address, host, path);
  }
}

/** Whose store it is: of the process that has it, of who is called like it, or of the only one who works here. */
function writersOf({ address, name }: Store, hands: readonly Hand[]): readonly Hand[] {
  const inside = hands.filter(({ process }) => process.address === hostOf(address));
  if (inside.length > 0) return inside;
  const [word] = name.split(/[-_ ./]/);
  const called = hands.filter(({ process }) => process.role === word || process.name.split(/[-_ ]/)[0] === word);
  return called.length > 0 || hands.length > 1 ? called : hands;
} // prettier-ignore

function drawRow(draw: Draw, row: Row, box: Box, gone: boolean): void {
  const { pen, words } = draw;
  const isFresh = msUntil(draw, row.changedAt) === 0 && msSince(draw, row.changedAt) < freshMs;
  pen.stroke(rect(box), gone ? 'outline dashed' : isFresh ? 'outline bold' : 'outline thin');
  const value = row.value ?? words.version(row.version);
  const middle = box.y + box.height / 2 + 5;
  const valueWidth = textWidth(value, 14, 700);
  pen.text(box.x + 7, middle, fitText(row.key, box.width - valueWidth - 20, 14), { size: 14 });
  pen.text(box.x + box.width - 7, middle, value, { size: 14, weight: 700, anchor: 'end' });
  const selects = row.face ? of(row.face.message) : null;
  if (selects) pen.item(`row/${row.key}/${box.x}/${box.y}`, words.saysRow(row.key, value), box, selects);
}
