/** Beside each strip, one level per group: its wire, where it reads, what it has committed, how far it lags. */
import { notesOf, soughtOf } from './notes';
import { baseline, label } from './placer';
import { rightLimit, type GroupPlan, type LanePlan, type Plan } from './plan';
import type { DimensionFigure, FlagFigure, SidingFigure } from './scene';
import { levelOf, onScreen, standOf, type Level, type Stand } from './stand';
import { rowsPerLane, stripRow } from './rows';
import { isShare, shareMarksOf } from './shares';
import { fitText, textWidth } from './text-width';

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
    sought: soughtOf(plan, lanePlan, stand, level, flag),
    redelivery: stand.pending
      .filter((offset) => onScreen(lanePlan, offset))
      .map((offset) => ({ x: lanePlan.x(offset) + plan.cell / 2, y: level.wireY })),
    shares: isShare(group) ? shareMarksOf(plan, lanePlan, group, level.wireY) : [],
    notes: notesOf(plan, lanePlan, group, stand, flag, lag),
  };
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
  const limit = rightLimit(plan, size.width);
  const after = endTextWidth(plan, lanePlan, committed, pole, limit);
  // A flag gives way to the trunk at the right, and to the signs of what will come again when levels are tight.
  const crowded =
    stand.pending.length > 0 && plan.track < metrics.trackGood - 2 && pole - width - 110 > plan.x0;
  const mirrored = away === 'right' || (away === null && (crowded || pole + width + after > limit));
  const left = mirrored ? pole - width + 1.25 : pole - 1.25;
  plan.placer.block({ x: left, y: level.flagY, width, height });
  return {
    item: {
      id: `flag/${group.name}@${lanePlan.lane.address}`,
      name: words.saysFlag(
        titleOf(plan, group),
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

/** Its name; of what is no classic group also the kind and the epoch. */
function titleOf({ words }: Plan, { name, shape }: GroupPlan): string {
  return shape?.type ? words.saysGroup(name, words.groupKind[shape.type], shape.generation) : name;
}

/** Room for what stands behind a flag at the log's end: the long word if it has any chance, so that all flags agree. */
function endTextWidth(
  { words }: Plan,
  { lane }: LanePlan,
  committed: number,
  pole: number,
  limit: number,
): number {
  const lag = lane.logEnd - committed;
  if (lag > 1) return 4;
  const texts = lag === 0 ? [words.caughtUp, words.lag(0)] : [words.lag(lag)];
  const widths = texts.map((text) => textWidth(text, 14, 500) + 12);
  return widths.find((width) => pole + width <= limit) ?? widths[0];
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
  const last = texts[texts.length - 1];
  const width = textWidth(last, 14, 500);
  const inside =
    to - from > width + 28
      ? label((from + to) / 2, base, last, { ...style, anchor: 'middle', halo: true })
      : null;
  const left =
    flag.x - 7 - width > plan.x0 ? label(flag.x - 7, base, last, { ...style, anchor: 'end' }) : null;
  const placed = placer.place(...right, inside, left);
  if (!placed) return null;
  const open = !following && end < lane.logEnd;
  if (to - from > 4) placer.block({ x: from, y: y - 2, width: to - from, height: 4 });
  return { from, to, y, label: placed, open: open && lag > 0 };
}
