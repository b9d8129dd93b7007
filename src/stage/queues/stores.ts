/** Stores under the queues: rows closed on four sides, in one line; a new value takes the place of the old one. */
import type { Row, Store } from '../../kernel/shape';
import { label } from '../layout/placer';
import type { Box } from '../layout/scene';
import { fitText, textWidth } from '../layout/text-width';
import { displayName, hostOf, shapesOf } from '../names';
import { msSince, msUntil, type Draw } from './draw';
import { isGone } from './hands';
import { at, of, rect } from './scene';

/** How long a row that has just been written is drawn bold. */
const freshMs = 1500;
const rowWidth = { least: 84, most: 150 } as const;

export function drawStores(draw: Draw, rooms: readonly Box[]): void {
  draw.model.stores.forEach((store, index) => drawStore(draw, store, rooms[index]));
}

function drawStore(draw: Draw, store: Store, area: Box): void {
  const { pen, m, words, view } = draw;
  const host = shapesOf(view.shapes, 'process').find(({ address }) => address === hostOf(store.address));
  const gone = host !== undefined && isGone(host);
  const name = displayName(store.name);
  const head = m.mode === 'phone' ? 86 : 128;
  const middle = area.y + area.height / 2;
  pen.text(area.x, middle - 3, fitText(name, head - 8, 14, 600), { size: 14, weight: 600 });
  const state = gone ? words.storeDown : words.rows(store.rowCount);
  pen.text(area.x, middle + 14, fitText(state, head - 8, 14), { size: 14, tone: gone ? 'red' : 'ink2' });
  const room = area.width - head;
  const fitting = Math.max(1, Math.floor(room / rowWidth.least));
  const shown = store.rows.slice(0, fitting);
  const width = Math.min(rowWidth.most, room / Math.max(1, shown.length));
  shown.forEach((row, index) => {
    const box = {
      x: area.x + head + index * width,
      y: area.y + 4,
      width: width - 6,
      height: area.height - 8,
    };
    drawRow(draw, row, box, gone);
  });
  const rest = store.rowCount - shown.length;
  if (rest > 0)
    pen.place(
      label(area.x + area.width, area.y + area.height, words.more(rest), {
        size: 14,
        tone: 'ink2',
        anchor: 'end',
      }),
    );
  const box = { x: area.x, y: area.y, width: head - 4, height: area.height };
  pen.item(`store/${store.address}`, words.saysStore(name, store.rowCount, gone), box, at(store.address));
}

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
