/** Partitions as open strips: rails, numbered cells, the next free number, both ends of what is on the screen. */
import type { Cell } from '../../kernel/shape';
import { toMs } from '../../kernel/time';
import { shortLabel } from '../names';
import { baseline, label } from './placer';
import { blockOf } from './copies';
import { edgeLabel, retentionOf } from './edges';
import type { LanePlan, Plan } from './plan';
import { nameX, rowsPerLane, stripRow } from './rows';
import type { CellFigure, Item, Label, LaneFigure } from './scene';
import { saysShared } from './shares';
import { fitText, textWidth } from './text-width';
import { lookOf, markersOf, stableOf, strokesOf } from './transactions';

/** From this share of its life a cell fades towards the retention edge. */
const fadeFrom = 0.35;
const offsetRow = 14;
/** A strip of this height has room for a key below its tokens. */
const captionFrom = 57;

export function stripsOf(plan: Plan): LaneFigure[] {
  const names = plan.lanes.map((lane) => (lane.copies.length > 0 ? null : laneLabel(plan, lane)));
  return plan.lanes.map((lane, index) => {
    const name = names[index];
    return name === null ? blockOf(plan, lane) : stripOf(plan, lane, name);
  });
}

function stripOf(plan: Plan, lanePlan: LanePlan, name: Label): LaneFigure {
  const { metrics, cell: width, cellHeight: height, words } = plan;
  const { lane, y, first, end, following, x } = lanePlan;
  const face = faceOf(
    width,
    height,
    lane.cells.some((cell) => cell.face.domain === 'ledger'),
  );
  const endX = x(end);
  const hasCaption = (face === 'label' || face === 'number') && width >= 40 && height >= captionFrom;
  const tokenRadius = radiusOf(face, width, height - (hasCaption ? 15 : 0));
  const tokenY = face === 'bar' ? y + height / 2 : tokenCentre(y, height, tokenRadius, hasCaption);
  const drawn = lane.cells.filter(({ offset }) => offset >= first && offset < end);
  const stride = strideOf(width, end);
  const right = following
    ? endX + width * Math.max(0.62, Math.min(6, 20 / width))
    : x(first + plan.cells) + 6;
  const older = following && first <= lane.logStart ? 0 : Math.max(0, first - lane.logStart);
  const newer = lane.logEnd - end;
  const cells = drawn.map((cell) =>
    cellOf(plan, lanePlan, cell, { hasCaption, numbered: cell.offset % stride === 0 }),
  );
  for (const { offset, caption } of cells) {
    if (offset) plan.placer.put(offset);
    if (caption) plan.placer.put(caption);
  }
  const markers = markersOf(plan, lanePlan, { y, height }, lanePlan.row * rowsPerLane + stripRow);
  return {
    item: laneItem(plan, lanePlan),
    address: lane.address,
    index: lane.index,
    y,
    height,
    left: x(first),
    right,
    cell: width,
    first,
    end,
    endX,
    label: name,
    cells,
    dividers: dividersOf(lanePlan, face),
    next:
      following && face !== 'bar'
        ? plan.placer.place(label(endX + 4, y + 13, String(end), offsetStyle('ink3')))
        : null,
    hatches: hatchesOf(lanePlan, width),
    older,
    newer,
    olderLabel: older > 0 ? edgeLabel(plan, y, height, words.older(older)) : null,
    newerLabel: null,
    retention: retentionOf(plan, lanePlan, y, height),
    copies: null,
    face,
    tokenRadius,
    tokenY,
    strokes: strokesOf(lanePlan, lane.cells, y + height + 5),
    markers,
    stable: stableOf(plan, lanePlan, y, height),
  };

  function offsetStyle(tone: 'ink2' | 'ink3') {
    return { size: metrics.text, mono: true, weight: 500, tone } as const;
  }
}

/** What of a message can be read in a cell of this size. An amount is worth a tighter fit than a running number. */
function faceOf(width: number, height: number, amounts: boolean): LaneFigure['face'] {
  if (width >= (amounts ? 50 : 60) && height >= captionFrom + 10) return 'label';
  if (width >= 28) return 'number';
  return width >= 12 ? 'glyph' : 'bar';
}

function radiusOf(face: LaneFigure['face'], width: number, height: number): number {
  const room = (height - offsetRow - 1) / 2;
  if (face === 'label') return Math.min(20, room, width / 2 - 5);
  if (face === 'number') return Math.min(16, room, width / 2 - 3.5);
  return Math.max(2, Math.min(9, room, width / 2 - 1));
}

function tokenCentre(y: number, height: number, radius: number, hasCaption: boolean): number {
  return hasCaption ? y + offsetRow + radius : y + offsetRow + (height - offsetRow - 1) / 2;
}

/** Every how many cells an offset is printed: a number is never cut short. */
function strideOf(width: number, end: number): number {
  const wanted = textWidth(String(end), 14, 500, true) + 6;
  const strides = width >= 28 ? [1, 2, 5] : [5, 10, 20, 25, 50, 100, 200, 500, 1000];
  return strides.find((stride) => stride * width >= wanted) ?? 1000;
}

function cellOf(
  plan: Plan,
  { lane, row, y, x, end }: LanePlan,
  cell: Cell,
  { hasCaption, numbered }: { hasCaption: boolean; numbered: boolean },
): CellFigure {
  const { metrics, words, cell: width, cellHeight: height } = plan;
  const left = x(cell.offset);
  const remaining = cell.expiresAt === null ? null : plan.until(cell.expiresAt);
  const share = remaining === null || lane.retention === null ? 1 : remaining / toMs(lane.retention);
  const expires = share < fadeFrom;
  const text = String(cell.offset);
  const look = lookOf(cell);
  const hatched = cell.uncommittedBy.length > 0;
  const below = expires && remaining !== null ? words.goneIn(remaining) : cell.face.key;
  const caption =
    hasCaption && below !== null
      ? label(left + width / 2, y + height - 5, fitText(below, width - 4, metrics.text), {
          size: metrics.text,
          anchor: 'middle',
          tone: expires ? 'ink' : 'ink2',
          halo: hatched,
        })
      : null;
  const fits = left + textWidth(text, 14, 500, true) < x(Math.max(end, cell.offset + 1)) + 2;
  return {
    item: cellItem(
      plan,
      cell,
      row,
      { x: left, y, width, height },
      remaining !== null && expires ? remaining : null,
    ),
    cell,
    x: left,
    width,
    offset:
      numbered && fits
        ? label(left + Math.min(4, width / 6), y + 13, text, {
            size: metrics.text,
            mono: true,
            weight: 500,
            tone: 'ink2',
            halo: hatched,
          })
        : null,
    caption,
    opacity: expires ? Math.max(0.22, 0.22 + (0.55 * Math.max(0, share)) / fadeFrom) : look.opacity,
    expires,
    edge: look.edge,
  };
}

function cellItem(plan: Plan, cell: Cell, row: number, box: Item['box'], remaining: number | null): Item {
  const { words } = plan;
  const { offset, face, uncommittedBy, transaction } = cell;
  const sentence = [
    words.saysCell(face.label, face.domain, offset, face.key),
    uncommittedBy.length > 0 ? words.saysUncommitted(uncommittedBy) : null,
    remaining === null ? null : words.saysExpires(remaining),
    transaction ? words.saysTransacted(transaction.producer, transaction.is) : null,
    ...saysShared(plan, cell),
  ];
  return {
    id: `cell/${row}/${offset}`,
    name: sentence.filter(Boolean).join(', '),
    selects: { kind: 'message', message: face.message },
    box,
    row: row * rowsPerLane + stripRow,
  };
}

export function laneItem(plan: Plan, { lane, row, y }: LanePlan): Item {
  const { metrics, words, x0, cellHeight } = plan;
  const name = `${lane.place}, ${words.partition(lane.index)}`;
  const left = metrics.mode === 'phone' ? metrics.pad + 4 : metrics.pad + 18;
  return {
    id: `lane/${lane.address}`,
    name: words.saysLane(name, lane.logEnd - lane.logStart, lane.logStart, lane.logEnd),
    selects: { kind: 'address', address: lane.address },
    box: { x: left, y: y + cellHeight / 2 - 14, width: x0 - left - 10, height: 28 },
    row: row * rowsPerLane + stripRow,
  };
}

function laneLabel(plan: Plan, { lane, y }: LanePlan): Label {
  const { metrics, words, cellHeight, placer, x0 } = plan;
  const middle = y + cellHeight / 2;
  if (metrics.mode === 'phone') {
    return placer.put(
      label(metrics.pad + 12, baseline(middle, 14), words.partitionShort(lane.index), {
        size: 14,
        weight: 600,
        mono: true,
      }),
    );
  }
  const left = nameX(plan);
  const text = fitText(words.partition(lane.index), x0 - left - 12, 16, 600);
  return placer.put(label(left, baseline(middle, 16), text, { size: 16, weight: 600 }));
}

function dividersOf({ first, end, lane, x }: LanePlan, face: LaneFigure['face']): number[] {
  if (face === 'bar') return [x(end)];
  const lines: number[] = [];
  for (let offset = Math.max(first, lane.logStart); offset <= end; offset++) lines.push(x(offset));
  return lines;
}

/** Runs of cells that somebody applied and nobody committed. */
function hatchesOf({ lane, first, end, x }: LanePlan, width: number): LaneFigure['hatches'] {
  const runs: { x: number; width: number }[] = [];
  let previous = NaN;
  for (const { offset, uncommittedBy } of lane.cells) {
    if (offset < first || offset >= end || uncommittedBy.length === 0) continue;
    const last = runs.at(-1);
    if (last && offset === previous + 1) runs[runs.length - 1] = { x: last.x, width: last.width + width };
    else runs.push({ x: x(offset), width });
    previous = offset;
  }
  return runs;
}

/** The text a token carries in a cell of this kind; null when there is no room for any. */
export function faceText(label: string, face: LaneFigure['face'], radius: number): string | null {
  if (face === 'glyph' || face === 'bar') return null;
  const candidates = face === 'label' ? [label, shortLabel(label)] : [shortLabel(label)];
  return (
    candidates.find((text) => textWidth(text, 14, 700) <= 2 * radius - (face === 'label' ? -1 : 2)) ?? null
  );
}
