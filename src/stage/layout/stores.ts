/** Stores: rows closed on four sides, on the same datum as the cells that are open, fed by the apply stops. */
import type { Row, Store } from '../../kernel/shape';
import { toMs } from '../../kernel/time';
import { displayName, hostOf, shapesOf } from '../names';
import { baseline, label } from './placer';
import type { GroupPlan, Plan } from './plan';
import type { Box, GapFigure, Label, RowFigure, StoreFigure } from './scene';
import type { Berth } from './stations';
import { nameX, rowsPerLane } from './rows';
import { fitText, textWidth } from './text-width';
import { gapOf, type Path } from './wires';

/** Stores from the top: those of consumers beside lanes, then those of consumers below, nearest last. */
export function sortedStores(plan: Plan): Store[] {
  const rank = (store: Store): number => {
    const writer = writerOf(plan, store);
    if (!writer) return 1;
    const index = plan.below.findIndex(({ group }) => group === writer);
    return index < 0 ? 0 : 2 + plan.below.length - index;
  };
  return plan.stores.toSorted((a, b) => rank(a) - rank(b));
}

/** The group whose consumers write a store: as told, or by its name. */
export function writerOf(plan: Plan, { address, name }: Store): GroupPlan | null {
  const told = plan.options.writers?.[address];
  const byName = (wanted: string) =>
    plan.groups.find(
      (group) =>
        group.name === wanted ||
        group.processes.some((process) => process.address === wanted || process.role === wanted),
    );
  if (told !== undefined) return byName(told) ?? null;
  const inside = plan.groups.find(({ processes }) =>
    processes.some((process) => process.address === hostOf(address)),
  );
  const [word] = name.split(/[-_ ./]/);
  return inside ?? plan.groups.find((group) => group.name.split(/[-_ ]/)[0] === word) ?? null;
}

export function storesOf(plan: Plan, berths: readonly Berth[]): StoreFigure[] {
  return sortedStores(plan).map((store, index) => storeOf(plan, berths, store, index));
}

function storeOf(plan: Plan, berths: readonly Berth[], store: Store, index: number): StoreFigure {
  const { metrics, words, placer, lanes, view } = plan;
  const y = Math.round(plan.storesTop + (index + 0.5) * metrics.storeRow);
  const row = lanes.length * rowsPerLane + index;
  const host = shapesOf(view.shapes, 'process').find(
    ({ address, group }) => address === hostOf(store.address) && group === null,
  );
  const down = host !== undefined && (host.condition === 'down' || host.condition === 'crashed');
  const writers = writersOf(plan, berths, store);
  const height = metrics.storeRow - (metrics.mode === 'wide' ? 12 : 6);
  const linkX = Math.min(...writers.map((berth) => applyX(berth)), plan.x0);
  const left = nameX(plan);
  const room = (metrics.mode === 'phone' ? 110 : linkX - 8) - (metrics.mode === 'phone' ? 0 : left);
  const state =
    down && host
      ? host.condition === 'down'
        ? words.condition.down(-plan.until(host.conditionSince))
        : words.condition.crashed
      : null;
  const labels: Label[] = [];
  const twoLines = metrics.mode === 'wide';
  const name = fitText(displayName(store.name), room, 14, 600);
  labels.push(placer.put(label(left, twoLines ? y - 3 : baseline(y, 14), name, { size: 14, weight: 600 })));
  const below = state ?? words.rows(store.rowCount);
  const style = { size: 14, tone: state ? 'red' : 'ink2', weight: state ? 600 : 400 } as const;
  if (twoLines) labels.push(placer.put(label(left, y + 14, fitText(below, room, 14, style.weight), style)));
  const phoneStart = left + textWidth(name, 14, 600) + 8;
  const start = metrics.mode === 'phone' ? phoneStart : plan.x0;
  const band: Box = { x: start, y: y - height / 2, width: 0, height };
  const { rows, more } = rowsOf(plan, store, band, row);
  return {
    item: {
      id: `store/${store.address}`,
      name: [words.saysStore(displayName(store.name), store.rowCount, store.writes), state]
        .filter(Boolean)
        .join(', '),
      selects: { kind: 'address', address: store.address },
      box: { x: left - 3, y: y - height / 2, width: Math.max(30, textWidth(name, 14, 600) + 6), height },
      row,
    },
    store,
    y,
    labels,
    rows,
    more,
    empty: store.rowCount === 0 ? emptyOf(plan, store, band) : null,
    links: metrics.mode === 'phone' ? [] : writers.map((berth) => linkPath(plan, berth, y)),
    gaps: writers.flatMap((berth): GapFigure[] => {
      const middle = { x: applyX(berth), y: y + (berth.y > y ? 22 : -22) };
      const gap = gapOf(plan, berth.process, middle, false, [hostOf(store.address)]);
      return gap ? [gap] : [];
    }),
    down,
  };
}

function writersOf(plan: Plan, berths: readonly Berth[], store: Store): Berth[] {
  const writer = writerOf(plan, store);
  const inside = berths.find(({ process }) => process.address === hostOf(store.address));
  if (inside) return [inside];
  return writer ? berths.filter(({ group }) => group === writer) : [];
}

/** Where a consumer applies: its effect leaves from there, whichever step comes first. */
function applyX({ stops }: Berth): number {
  return (stops.find(({ name }) => name === 'apply') ?? stops[0]).x;
}

/** From an apply stop down (or up) to the store's row, then into its first box. */
export function linkPath(plan: Plan, berth: Berth, y: number): Path {
  const x = applyX(berth);
  const bend = Math.min(8, Math.abs(y - berth.y) / 2);
  const turn = berth.y > y ? bend : -bend;
  return [
    { x, y: berth.y },
    { x, y: y + turn },
    { x: x + bend, y },
    { x: plan.x0 - 1, y },
  ];
}

function rowsOf(plan: Plan, store: Store, band: Box, row: number): { rows: RowFigure[]; more: Label | null } {
  const { size, metrics, words, placer } = plan;
  const wanted = store.rows.map((one) =>
    Math.ceil(28 + textWidth(one.key, 14, 600) + 6 + textWidth(saidBy(plan, one), 14) + 8),
  );
  const width = Math.min(160, Math.max(64, ...wanted));
  const gap = metrics.mode === 'phone' ? 4 : 6;
  const room = size.width - metrics.pad - band.x;
  const fitsAll = store.rows.length * (width + gap) <= room && store.rowCount <= store.rows.length;
  const fitting = Math.max(0, Math.floor((room - (fitsAll ? 0 : 62)) / (width + gap)));
  const shown = newest(store.rows, fitting);
  const rows = shown.map((one, index) =>
    rowOf(plan, one, { ...band, x: band.x + index * (width + gap), width }, row),
  );
  for (const { box } of rows) placer.block(box);
  const rest = store.rowCount - rows.length;
  const x = band.x + rows.length * (width + gap) + 2;
  const text = words.moreRows(rest);
  const more =
    rest > 0
      ? placer.place(label(x, baseline(band.y + band.height / 2, 14), text, { size: 14, tone: 'ink2' }))
      : null;
  return { rows, more };
}

/** All rows in their order, or those that changed last. */
function newest(rows: readonly Row[], count: number): readonly Row[] {
  if (rows.length <= count) return rows;
  const kept = new Set(
    rows.toSorted((a, b) => b.changedAt - a.changedAt || (a.key < b.key ? -1 : 1)).slice(0, count),
  );
  return rows.filter((row) => kept.has(row));
}

function rowOf(plan: Plan, one: Row, box: Box, row: number): RowFigure {
  const { words, placer } = plan;
  const { key, version, face, changedAt, value } = one;
  const y = baseline(box.y + box.height / 2, 14);
  const versionText = saidBy(plan, one);
  const start = box.x + (face ? 24 : 8);
  const room = box.width - (start - box.x) - textWidth(versionText, 14) - 14;
  return {
    item: {
      id: `row/${row}/${key}`,
      name: words.saysRow(key, value ?? version, face?.label ?? null, toMs(plan.view.time - changedAt)),
      selects: face ? { kind: 'message', message: face.message } : { kind: 'address', address: key },
      box,
      row,
    },
    box,
    face,
    glyph: face ? { x: box.x + 13, y: box.y + box.height / 2 } : null,
    key: placer.put(label(start, y, fitText(key, room, 14, 600), { size: 14, weight: 600 })),
    detail: placer.put(
      label(box.x + box.width - 7, y, versionText, { size: 14, tone: 'ink2', anchor: 'end' }),
    ),
  };
}

/** Beside its key: its version, or what is more to the point. */
function saidBy({ words }: Plan, { version, value }: Row): string {
  return value ?? words.version(version);
}

function emptyOf(plan: Plan, store: Store, band: Box): StoreFigure['empty'] {
  const { words, placer } = plan;
  const text = store.wipedAt === null ? words.noRows : words.emptied(toMs(store.wipedAt));
  const width = Math.ceil(textWidth(text, 14)) + 24;
  const box = { ...band, width };
  placer.block({ ...box, width: 1 });
  return {
    box,
    label: placer.put(
      label(box.x + 12, baseline(box.y + box.height / 2, 14), text, { size: 14, tone: 'ink2' }),
    ),
  };
}
