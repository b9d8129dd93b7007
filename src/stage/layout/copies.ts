/**
 * A partition on several nodes: each node keeps its row whoever leads, so that a failover moves signs and not logs. All
 * copies stand on one row of offsets, which is what makes them comparable.
 */
import type { Cell, Lane, Replica } from '../../kernel/shape';
import { seconds } from '../../kernel/time';
import { displayName } from '../names';
import { edgeLabel, retentionOf } from './edges';
import { endOfCopies, foot } from './block';
import { feedOf } from './feeds';
import { baseline, label } from './placer';
import { rightLimit, type LanePlan, type Plan } from './plan';
import { nameX, rowsPerLane, stripRow } from './rows';
import type { BlockFigure, CopyCell, CopyFigure, CopyRole, Item, Label, LaneFigure } from './scene';
import { textWidth } from './text-width';
import { lookOf, markersOf, stableOf } from './transactions';

/** What was cut off is worth showing for so long. */
const cutOffFor = seconds(8);
const faint = 0.4;

export function blockOf(plan: Plan, lanePlan: LanePlan): LaneFigure {
  const { lane, copies, first, following, x, end } = lanePlan;
  const { cell: width, cellHeight } = plan;
  const y = copies[0];
  const height = copies[copies.length - 1] + cellHeight - y;
  const face = width >= 28 ? 'number' : width >= 12 ? 'glyph' : 'bar';
  const label = partitionLabel(plan, lanePlan);
  const rows = (lane.replicas ?? []).map((replica, index) => copyOf(plan, lanePlan, replica, index));
  const older = following && first <= lane.logStart ? 0 : Math.max(0, first - lane.logStart);
  return {
    item: blockItem(plan, lanePlan),
    address: lane.address,
    index: lane.index,
    ...{ y, height, left: x(first), right: Math.max(...rows.map(({ right }) => right)) },
    ...{ cell: width, first, end, endX: x(end), label, cells: [], dividers: [], next: null, hatches: [] },
    older,
    newer: lane.logEnd - end,
    olderLabel: older > 0 ? edgeLabel(plan, y, height, plan.words.older(older)) : null,
    newerLabel: null,
    retention: retentionOf(plan, lanePlan, y, height),
    face,
    tokenRadius: Math.max(2, Math.min(face === 'number' ? 16 : 9, (cellHeight - 5) / 2, width / 2 - 2)),
    tokenY: y + cellHeight / 2,
    strokes: [],
    markers: copies.flatMap((top, index) =>
      markersOf(plan, lanePlan, { y: top, height: cellHeight }, focusRowOf(lanePlan, index)).filter(
        ({ offset }) => offset < (lane.replicas?.[index]?.logEnd ?? 0),
      ),
    ),
    stable: stableOf(plan, lanePlan, y, height),
    copies: figureOf(plan, lanePlan, rows, label),
  };
}

function figureOf(plan: Plan, lanePlan: LanePlan, rows: readonly CopyFigure[], name: Label): BlockFigure {
  const { lane, copies, x, first } = lanePlan;
  const { highWatermark } = lane;
  const shown = highWatermark >= first && highWatermark <= x.domain()[1] && lane.logEnd > lane.logStart;
  const watermark = shown
    ? {
        x: x(highWatermark),
        from: copies[0],
        to: copies[copies.length - 1] + plan.cellHeight + 4,
      }
    : null;
  const numbers = numbersOf(plan, lanePlan);
  const { cutOff, note } = cutOffOf(plan, lanePlan);
  const labels = [epochOf(plan, lanePlan, name), syncOf(plan, lanePlan), note];
  if (watermark) labels.push(watermarkLabel(plan, lanePlan, watermark.x));
  return {
    rows,
    numbers,
    labels: labels.filter((text): text is Label => text !== null),
    watermark,
    cutOff,
  };
}

/** One row: a node's copy as it lies there, also while the node is down. */
function copyOf(plan: Plan, lanePlan: LanePlan, replica: Replica, index: number): CopyFigure {
  const { lane, copies, first, x } = lanePlan;
  const { cell: width, cellHeight: height } = plan;
  const y = copies[index];
  const role = roleOf(replica);
  const to = x.domain()[1];
  const shown = replica.cells.filter(({ offset }) => offset >= first && offset < to);
  const focusRow = focusRowOf(lanePlan, index);
  const cells = shown.map((cell): CopyCell => ({
    item: cellItem(plan, lane, replica, cell, { x: x(cell.offset), y, width, height }, focusRow),
    cell,
    x: x(cell.offset),
    opacity: cell.offset < lane.highWatermark && replica.isUp ? lookOf(cell).opacity : faint,
    edge: lookOf(cell).edge,
  }));
  const endX = x(Math.max(first, Math.min(to, replica.logEnd)));
  const { labels, sign } = labelsOf(plan, replica, role, y);
  const unlike = unlikeIn(lane, replica, shown);
  const only = unlike.length > 0 ? onlyHere(plan, endX + width * 0.35 + 8, y + height / 2) : null;
  const dividers: number[] = [];
  for (let offset = Math.max(first, replica.logStart); offset <= Math.min(to, replica.logEnd); offset++)
    if (width >= 12) dividers.push(x(offset));
  return {
    ...{ replica, role, sign, y, height, endX, cells, dividers },
    labels: only ? [...labels, only] : labels,
    right: endX + width * 0.35,
    hatches: unlike.map((offset) => ({ x: x(offset), width })),
    ...feedOf(plan, lanePlan, replica, index),
    item: copyItem(plan, lanePlan, replica, role, y, focusRow),
  };
}

/** Copies are rows of their own to the arrow keys, between the levels of groups above and below. */
function focusRowOf({ row }: LanePlan, index: number): number {
  return row * rowsPerLane + stripRow + index * 0.1;
}

/** Behind a log that has what its leader has not: the word for its hatch. */
function onlyHere(plan: Plan, x: number, middle: number): Label | null {
  const text = plan.words.onlyHere;
  const fits = x + textWidth(text, 14, 600) <= rightLimit(plan, plan.size.width);
  const style = { size: 14, weight: 600, tone: 'red', halo: true } as const;
  return fits ? plan.placer.place(label(x, baseline(middle, 14), text, style)) : null;
}

export function roleOf({ isUp, isLeader, inSync }: Replica): CopyRole {
  if (!isUp) return 'down';
  return isLeader ? 'leader' : inSync ? 'inSync' : 'behind';
}

/** What is in this copy and not in its leader's, at the same place. While nobody leads there is nothing to compare with. */
export function unlikeIn({ replicas = [] }: Lane, replica: Replica, cells: readonly Cell[]): number[] {
  const leader = replicas.find(({ isLeader }) => isLeader);
  if (!leader || leader === replica) return [];
  const theirs = new Map(leader.cells.map(({ offset, face }) => [offset, face.message]));
  const oldest = leader.cells[0]?.offset ?? leader.logEnd;
  return cells
    .filter(({ offset, face }) => {
      const message = theirs.get(offset);
      return message === undefined ? offset >= oldest : message !== face.message;
    })
    .map(({ offset }) => offset);
}

/** What a copy is, at length and short. */
function roleWords({ words }: Plan, { isLeader }: Replica, role: CopyRole): readonly [string, string] {
  return [role === 'down' && isLeader ? words.leaderDown : words.copyRole[role], words.copyRoleShort[role]];
}

/** Sign and name in one line left of the strip; on a phone the node's number. */
function labelsOf(plan: Plan, replica: Replica, role: CopyRole, y: number) {
  const { metrics, placer, x0, cellHeight } = plan;
  const middle = y + cellHeight / 2;
  const left = nameX(plan);
  const sign = { x: left + 5, y: middle };
  const tone = role === 'down' ? 'red' : 'ink';
  const base = baseline(middle, 14);
  if (metrics.mode === 'phone') {
    const name = label(left + 15, base, String(replica.node), { size: 14, weight: 700, tone });
    return { sign, labels: [placer.put(name)] };
  }
  const name = label(left + 16, base, displayName(replica.process), { size: 14, weight: 600 });
  const after = left + 16 + textWidth(name.text, 14, 600) + 7;
  const states = roleWords(plan, replica, role).map((text) =>
    label(after, base, text, {
      size: 14,
      weight: role === 'leader' || role === 'down' ? 600 : 400,
      tone: role === 'down' ? 'red' : role === 'leader' ? 'ink' : 'ink2',
    }),
  );
  const state = states.find(({ text, weight }) => after + textWidth(text, 14, weight) <= x0 - 4);
  return { sign, labels: [placer.put(name), ...(state ? [placer.put(state)] : [])] };
}

/** The line of offsets above: one for all copies, and the next that the leader will give. */
function numbersOf(plan: Plan, { lane, x, first, copies, following }: LanePlan): Label[] {
  const { cell: width, metrics } = plan;
  const end = Math.min(endOfCopies(lane), x.domain()[1]);
  const wanted = textWidth(String(end), 14, 500, true) + 6;
  const stride = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((step) => step * width >= wanted) ?? 1000;
  const style = { size: metrics.text, mono: true, weight: 500 } as const;
  const base = copies[0] - 5;
  const numbers: Label[] = [];
  for (let offset = Math.max(first, lane.logStart); offset < end; offset++)
    if (offset % stride === 0)
      numbers.push(plan.placer.put(label(x(offset) + Math.min(4, width / 6), base, String(offset), { ...style, tone: 'ink2' }))); // prettier-ignore
  const next = label(x(lane.logEnd) + 4, base, String(lane.logEnd), { ...style, tone: 'ink3' });
  const placed = following && end === lane.logEnd ? plan.placer.place(next) : null;
  return placed ? [...numbers, placed] : numbers;
}

function partitionLabel(plan: Plan, { lane, copies }: LanePlan): Label {
  const { metrics, words, placer } = plan;
  const text = metrics.mode === 'phone' ? words.partitionShort(lane.index) : words.partition(lane.index);
  return placer.put(label(nameX(plan), copies[0] - 5, text, { size: metrics.name, weight: 600 }));
}

/** In which epoch it is led, or that nobody leads. */
function epochOf({ words, placer, metrics, x0 }: Plan, { lane }: LanePlan, name: Label): Label | null {
  const isLed = lane.replicas?.some(({ isLeader }) => isLeader) ?? false;
  const x = name.x + textWidth(name.text, name.size, 600) + 8;
  const text = isLed ? words.epoch(lane.leaderEpoch ?? 0) : words.noLeader;
  const style = isLed ? ({ tone: 'ink2' } as const) : ({ tone: 'red', weight: 600 } as const);
  if (x + textWidth(text, 14, style.tone === 'red' ? 600 : 400) > x0 - 4) return null;
  return placer.place(label(x, name.y, text, { size: metrics.text, ...style }));
}

/** How many copies are in sync, and how many acks all needs. */
function syncOf(plan: Plan, { lane, bottom }: LanePlan): Label | null {
  const { words, placer, metrics, x0 } = plan;
  if (metrics.mode === 'phone') return null;
  const { replicas = [], minInSync = 1 } = lane;
  const count = replicas.filter(({ inSync }) => inSync).length;
  const isShort = count < minInSync;
  const style = { size: 14, weight: isShort ? 600 : 400, tone: isShort ? 'red' : 'ink2' } as const;
  const left = nameX(plan);
  return placer.place(
    ...[words.inSync(count, replicas.length, minInSync), words.inSyncShort(count, minInSync)].map((text) =>
      left + textWidth(text, 14, style.weight) <= x0 - 4 ? label(left, bottom - 7, text, style) : null,
    ),
  );
}

function watermarkLabel(plan: Plan, { lane, bottom }: LanePlan, at: number): Label | null {
  const { words, placer, size } = plan;
  const limit = rightLimit(plan, size.width);
  const style = { size: 14, tone: 'ink2', halo: true } as const;
  const base = bottom - 6;
  return placer.place(
    ...[words.highWatermark(lane.highWatermark), words.highWatermarkShort(lane.highWatermark)].flatMap(
      (text) => [
        at + 6 + textWidth(text, 14) <= limit ? label(at + 6, base, text, style) : null,
        label(at - 6, base, text, { ...style, anchor: 'end' }),
      ],
    ),
  );
}

/** Records that a copy threw away, below the places they had, and whether they are anywhere now. */
function cutOffOf(
  plan: Plan,
  { lane, bottom, first, x }: LanePlan,
): { cutOff: BlockFigure['cutOff']; note: Label | null } {
  const { view, words, placer, cell: width, size } = plan;
  const replicas = lane.replicas ?? [];
  const replica = replicas
    .filter(({ truncated }) => truncated !== null && view.time - truncated.at < cutOffFor)
    .sort((a, b) => b.truncated!.at - a.truncated!.at)[0];
  if (!replica?.truncated) return { cutOff: [], note: null };
  const { from, faces = [] } = replica.truncated;
  const y = bottom - foot / 2;
  const end = x.domain()[1];
  const cutOff = faces
    .map((face, index) => ({ face, offset: from + index }))
    .filter(({ offset }) => offset >= first && offset < end)
    .map(({ face, offset }) => ({ face, x: x(offset) + width / 2, y }));
  for (const { x: at } of cutOff) placer.block({ x: at - 11, y: y - 11, width: 22, height: 22 });
  const kept = new Set(replicas.flatMap(({ cells }) => cells.map(({ face }) => face.message)));
  const lost = faces.filter(({ message }) => !kept.has(message)).length;
  const node = displayName(replica.process);
  const after = (cutOff.at(-1)?.x ?? x(first)) + 18;
  const style = { size: 14, weight: 600, tone: lost > 0 ? 'red' : 'ink2', halo: true } as const;
  const whole =
    lost === faces.length
      ? [words.cutOffLost(node, lost), words.cutOffLostShort]
      : lost === 0
        ? [words.cutOffKept(node, faces.length)]
        : [];
  const fitting = [...whole, words.cutOff(node), words.cutOffShort].filter(
    (text) => after + textWidth(text, 14, 600) <= size.width - plan.metrics.pad,
  );
  return { cutOff, note: placer.place(...fitting.map((text) => label(after, bottom - 7, text, style))) };
}

function blockItem(plan: Plan, { lane, row, copies }: LanePlan): Item {
  const { words, x0, metrics } = plan;
  const replicas = lane.replicas ?? [];
  const leader = replicas.find(({ isLeader }) => isLeader);
  const name = `${lane.place}, ${words.partition(lane.index)}`;
  const left = metrics.mode === 'phone' ? metrics.pad + 4 : metrics.pad + 18;
  return {
    id: `lane/${lane.address}`,
    name: [
      words.saysLane(name, lane.logEnd - lane.logStart, lane.logStart, lane.logEnd),
      words.saysCopies(
        leader ? displayName(leader.process) : null,
        lane.leaderEpoch ?? 0,
        replicas.filter(({ inSync }) => inSync).length,
        replicas.length,
        lane.highWatermark,
      ),
    ].join(', '),
    selects: { kind: 'address', address: lane.address },
    box: { x: left, y: copies[0] - 24, width: x0 - left - 10, height: 24 },
    row: row * rowsPerLane + stripRow - 0.1,
  };
}

function copyItem(plan: Plan, { lane }: LanePlan, replica: Replica, role: CopyRole, y: number, row: number): Item {
  const { words, x0, metrics, cellHeight } = plan;
  const left = metrics.mode === 'phone' ? metrics.pad - 4 : metrics.pad + 18;
  const { process, logStart, logEnd, cells, truncated } = replica;
  return {
    id: `copy/${replica.address}`,
    name: words.saysCopy(
      displayName(process),
      roleWords(plan, replica, role)[0],
      logEnd - logStart,
      logEnd,
      unlikeIn(lane, replica, cells).length,
      truncated !== null && plan.view.time - truncated.at < cutOffFor ? truncated.to - truncated.from : 0,
    ),
    selects: { kind: 'address', address: process },
    box: { x: left, y: y + 1, width: x0 - left - 8, height: cellHeight - 2 },
    row,
  };
} // prettier-ignore

function cellItem(plan: Plan, lane: Lane, replica: Replica, cell: Cell, box: Item['box'], row: number): Item {
  const { words } = plan;
  const { offset, face, uncommittedBy } = cell;
  const { replicas = [] } = lane;
  const said = [
    words.saysOn(words.saysCell(face.label, face.domain, offset, face.key), displayName(replica.process)),
    uncommittedBy.length > 0 ? words.saysUncommitted(uncommittedBy) : null,
    offset < lane.highWatermark ? null : words.saysUnread,
    unlikeIn({ ...lane, replicas }, replica, [cell]).length > 0 ? words.saysUnlike : null,
  ];
  return {
    id: `cell/${replica.address}/${offset}`,
    name: said.filter(Boolean).join(', '),
    selects: { kind: 'message', message: face.message },
    box,
    row,
  };
}
