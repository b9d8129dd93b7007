/** Beside each strip, one level per group: its wire, where it reads, what it has committed, how far it lags. */
import type { Group, Pointer } from '../../kernel/shape';
import { baseline, label } from './placer';
import type { GroupPlan, LanePlan, Plan } from './plan';
import type { DimensionFigure, FlagFigure, Label, Point, SidingFigure } from './scene';
import { rowsPerLane, stripRow } from './strips';
import { fitText, textWidth } from './text-width';

export interface Level {
  readonly wireY: number;
  readonly flagY: number;
  /** Edge of the strip this level looks at, and the outer end of its poles. */
  readonly edge: number;
  readonly middle: number;
}

/** Heights of a group's level beside a lane. */
export function levelOf(plan: Plan, { y }: LanePlan, { above, track }: GroupPlan): Level {
  const { metrics, cellHeight, track: height } = plan;
  const outer = (track + 1) * height;
  return above
    ? {
        wireY: y - track * height - metrics.wireOff,
        flagY: y - outer + 1,
        edge: y,
        middle: y + cellHeight / 2,
      }
    : {
        wireY: y + cellHeight + track * height + metrics.wireOff,
        flagY: y + cellHeight + outer - 1 - metrics.flagHeight,
        edge: y + cellHeight,
        middle: y + cellHeight / 2,
      };
}

/** Where a group stands in a lane, put together from what broker and client know. */
export interface Stand {
  readonly pointer: Pointer | null;
  readonly committed: number | null;
  /** The next it reads; when nobody reads, the first that was not yet applied. */
  readonly position: number | null;
  readonly reading: boolean;
  /** Offsets applied but not committed by a reader that is gone. */
  readonly pending: readonly number[];
}

export function standOf(plan: Plan, { lane }: LanePlan, group: GroupPlan): Stand {
  const pointer = lane.pointers.find((candidate) => candidate.group === group.name) ?? null;
  const owner = group.processes.find(({ address }) => address === pointer?.owner) ?? null;
  const alive = owner !== null && owner.condition !== 'crashed' && owner.condition !== 'down';
  const reading = pointer !== null && pointer.position !== null && (alive || group.processes.length === 0);
  const committed = pointer?.committed ?? null;
  const uncommitted = lane.cells
    .filter(({ uncommittedBy }) => uncommittedBy.includes(group.name))
    .map(({ offset }) => offset);
  const pending = reading ? [] : uncommitted;
  const last = pending.at(-1);
  const position = pointer?.position ?? (last === undefined ? committed : last + 1);
  return { pointer, committed, position, reading, pending };
}

export function sidingsOf(plan: Plan): SidingFigure[] {
  return plan.lanes.flatMap((lane) =>
    plan.groups.flatMap((group) => {
      const stand = standOf(plan, lane, group);
      return stand.pointer === null ? [] : [sidingOf(plan, lane, group, stand)];
    }),
  );
}

function sidingOf(plan: Plan, lanePlan: LanePlan, group: GroupPlan, stand: Stand): SidingFigure {
  const level = levelOf(plan, lanePlan, group);
  const flag = flagOf(plan, lanePlan, group, stand, level);
  const lag = flag ? lagOf(plan, lanePlan, stand, flag) : null;
  const positionX = onScreen(lanePlan, stand.position) ? lanePlan.x(stand.position!) : null;
  const position =
    positionX !== null && stand.position !== stand.committed
      ? { x: positionX, from: level.edge, y: level.wireY, pointsUp: group.above }
      : null;
  if (position) plan.placer.block({ x: position.x - 1, y: position.y - 7, width: 15, height: 14 });
  return {
    id: `${group.name}@${lanePlan.lane.address}`,
    group: group.name,
    lane: lanePlan.lane.address,
    above: group.above,
    wireY: level.wireY,
    flag,
    lag,
    position,
    sought: soughtOf(plan, lanePlan, stand, level),
    redelivery: stand.pending
      .filter((offset) => onScreen(lanePlan, offset))
      .map((offset) => ({ x: lanePlan.x(offset) + plan.cell / 2, y: level.wireY })),
    notes: notesOf(plan, lanePlan, group, stand, flag, lag),
  };
}

function onScreen({ first, x }: LanePlan, offset: number | null): boolean {
  return offset !== null && offset >= first && offset <= x.domain()[1];
}

function flagOf(
  plan: Plan,
  lanePlan: LanePlan,
  group: GroupPlan,
  stand: Stand,
  level: Level,
): FlagFigure | null {
  const { committed } = stand;
  if (committed === null) return null;
  const { metrics, size, words } = plan;
  const height = metrics.flagHeight;
  const away = onScreen(lanePlan, committed) ? null : committed < lanePlan.first ? 'left' : 'right';
  const plain = fitText(group.name, metrics.mode === 'phone' ? 64 : 120, 14, 600);
  const text = away ? fitText(words.awayTo(group.name, committed), 170, 14, 600) : plain;
  const width = Math.ceil(textWidth(text, 14, 600)) + (group.flag === 'square' ? 12 : 18) + (away ? 8 : 0);
  const [start, stop] = lanePlan.x.range() as [number, number];
  const pole = away === 'left' ? start : away === 'right' ? stop : lanePlan.x(committed);
  const atEnd = lanePlan.lane.logEnd - committed <= 1;
  const after = atEnd ? textWidth(words.lag(0), 14, 500) + 12 : 4;
  const mirrored = away === 'right' || (away === null && pole + width + after > rightLimit(plan, size.width));
  const left = mirrored ? pole - width + 1.25 : pole - 1.25;
  plan.placer.block({ x: left, y: level.flagY, width, height });
  return {
    item: {
      id: `flag/${group.name}@${lanePlan.lane.address}`,
      name: words.saysFlag(
        group.name,
        words.partition(lanePlan.lane.index),
        committed,
        stand.position,
        stand.pointer?.lag ?? null,
      ),
      selects: { kind: 'address', address: group.shape?.address ?? group.name },
      box: { x: left, y: level.flagY - 3, width: Math.max(24, width), height: 24 },
      row: lanePlan.row * rowsPerLane + stripRow + (group.above ? -1 - group.track : 1 + group.track),
    },
    form: group.flag,
    pole: away ? null : { x: pole, from: group.above ? level.flagY : level.flagY + height, to: level.middle },
    x: left,
    y: level.flagY,
    width,
    height,
    mirrored,
    away,
    label: label(
      left + (mirrored && group.flag !== 'square' ? 11 : 7) + (away === 'left' ? 8 : 0),
      baseline(level.flagY + height / 2, 14),
      text,
      {
        size: 14,
        weight: 600,
        tone: 'on-ink',
      },
    ),
  };
}

/** x where the producers' trunks begin: texts about the log's end stay left of it. */
export function rightLimit({ metrics, producers }: Plan, width: number): number {
  if (producers.length === 0) return width - metrics.pad;
  return width - metrics.pad - metrics.trunkRight - (producers.length - 1) * 12 - 6;
}

function lagOf(plan: Plan, lanePlan: LanePlan, stand: Stand, flag: FlagFigure): DimensionFigure | null {
  const { words, placer, size } = plan;
  const lag = stand.pointer?.lag ?? null;
  if (lag === null) return null;
  const { lane, end, following, x } = lanePlan;
  const y = flag.y + flag.height / 2;
  const to = following ? x(end) : x.range()[1];
  const from = flag.mirrored ? (flag.pole?.x ?? to) : flag.x + flag.width;
  const textX = Math.max(from, to) + 7;
  const limit = rightLimit(plan, size.width);
  const style = { size: 14, weight: 500 } as const;
  const base = baseline(y, 14);
  const texts = lag === 0 ? [words.caughtUp, words.lag(0)] : [words.lag(lag)];
  const right = texts.map((text) =>
    textX + textWidth(text, 14, 500) <= limit ? label(textX, base, text, style) : null,
  );
  const left = label(flag.x - 7, base, texts.at(-1)!, { ...style, anchor: 'end' });
  const placed = placer.place(...right, left);
  if (!placed) return null;
  const open = !following && end < lane.logEnd;
  if (to - from > 4) placer.block({ x: from, y: y - 4, width: to - from, height: 8 });
  return { from, to, y, label: placed, open: open && lag > 0 };
}

/** A jump by a seek: an arrow from where it was to where it is, while there is room beside the wire. */
function soughtOf(plan: Plan, lanePlan: LanePlan, stand: Stand, level: Level): SidingFigure['sought'] {
  const sought = stand.pointer?.sought ?? null;
  if (!sought) return null;
  const { from, to } = sought;
  const text = plan.words.seek(from, to);
  const width = textWidth(text, 14);
  const y = level.wireY;
  const [start, stop] = lanePlan.x.range() as [number, number];
  const clamp = (offset: number) => Math.max(start, Math.min(stop, lanePlan.x(offset)));
  const [fromX, reads] = [clamp(from), clamp(Math.max(to, stand.position ?? to)) + 20];
  const drop = { x: fromX, y: level.edge };
  if (from > to && fromX - reads > width + 34) {
    const middle = (fromX + reads) / 2 + 4;
    const placed = plan.placer.place(
      label(middle, baseline(y, 14), text, { size: 14, anchor: 'middle', halo: true }),
    );
    if (placed) return { path: [drop, { x: fromX, y }, { x: reads, y }], label: placed };
  }
  const base = baseline(y, 14);
  const [right, left] = [Math.max(fromX, clamp(stand.position ?? to)) + 22, start + 6];
  const placed = plan.placer.place(
    label(right, base, text, { size: 14, halo: true }),
    label(left, base, text, { size: 14, halo: true }),
  );
  return placed ? { path: [], label: placed } : null;
}

function notesOf(
  plan: Plan,
  lanePlan: LanePlan,
  group: GroupPlan,
  stand: Stand,
  flag: FlagFigure | null,
  lag: DimensionFigure | null,
): Label[] {
  if (stand.reading || !flag || group.processes.length === 0) return [];
  const { words, placer, x0 } = plan;
  const expiresAt = memberOf(group.shape, lanePlan.lane.address)?.expiresAt ?? null;
  const wait = expiresAt === null ? null : Math.max(0, plan.until(expiresAt));
  const troubled = stand.pending.length > 0;
  const texts = troubled ? [words.again(stand.pending, wait), words.againShort(wait)] : [words.nobody(wait)];
  const y = baseline(flag.y + flag.height / 2, 14);
  const style = { size: 14, weight: troubled ? 600 : 400, tone: troubled ? 'red' : 'ink2' } as const;
  const afterLag = lag ? lag.label.x + textWidth(lag.label.text, 14, 500) + 16 : flag.x + flag.width + 12;
  const candidates = texts.flatMap((text) => [
    flag.x - 10 - textWidth(text, 14, style.weight) >= x0 - 4
      ? label(flag.x - 10, y, text, { ...style, anchor: 'end' })
      : null,
    label(afterLag, y, text, style),
  ]);
  const placed = placer.place(...candidates);
  return placed ? [placed] : [];
}

function memberOf(group: Group | null, lane: string) {
  return group?.members.find(({ owns }) => owns.includes(lane)) ?? null;
}

/** Where a group's wire starts beside a lane. */
export function wireStart(plan: Plan, lanePlan: LanePlan, stand: Stand): Point['x'] {
  const [start, stop] = lanePlan.x.range() as [number, number];
  const offset = stand.position ?? stand.committed ?? lanePlan.first;
  return Math.max(start, Math.min(stop, lanePlan.x(offset)));
}
