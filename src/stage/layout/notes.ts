/** Sentences beside a lane: the last jump, what will be read again and when, that nobody reads. */
import type { Group } from '../../kernel/shape';
import { baseline, label } from './placer';
import { rightLimit, type GroupPlan, type LanePlan, type Plan } from './plan';
import type { DimensionFigure, FlagFigure, Label, SidingFigure } from './scene';
import { levelOf, type Level, type Stand } from './stand';
import { textWidth } from './text-width';

/** A jump by a seek: an arrow from where it was to where it is, while there is room beside the wire. */
export function soughtOf(
  plan: Plan,
  lanePlan: LanePlan,
  stand: Stand,
  level: Level,
  flag: FlagFigure | null,
): SidingFigure['sought'] {
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
  const far = flag ? baseline(flag.y + flag.height / 2, 14) : baseline(y, 14);
  const style = { size: 14, tone: 'ink2', halo: true } as const;
  const placed = plan.placer.place(
    flag ? label(flag.x - 10, far, text, { ...style, anchor: 'end' }) : null,
    label(Math.max(fromX, clamp(stand.position ?? to)) + 22, baseline(y, 14), text, style),
    label(start + 6, far, text, style),
  );
  return placed ? { path: [], label: placed } : null;
}

export function notesOf(
  plan: Plan,
  lanePlan: LanePlan,
  group: GroupPlan,
  stand: Stand,
  flag: FlagFigure | null,
  lag: DimensionFigure | null,
): Label[] {
  if (group.processes.length === 0) return [];
  const { words, placer, x0 } = plan;
  if (!flag) return noCommit(plan, lanePlan, group);
  if (stand.reading) return [];
  const expiresAt = memberOf(group.shape, lanePlan.lane.address)?.expiresAt ?? null;
  const wait = expiresAt === null ? null : Math.max(0, plan.until(expiresAt));
  const troubled = stand.pending.length > 0;
  const texts = troubled ? [words.again(stand.pending, wait), words.againShort(wait)] : [words.nobody(wait)];
  const y = baseline(flag.y + flag.height / 2, 14);
  const style = { size: 14, weight: troubled ? 600 : 400, tone: troubled ? 'red' : 'ink2' } as const;
  const afterLag = lag ? lag.label.x + textWidth(lag.label.text, 14, 500) + 16 : flag.x + flag.width + 12;
  const limit = rightLimit(plan, plan.size.width);
  const candidates = texts.flatMap((text) => {
    const width = textWidth(text, 14, style.weight);
    return [
      flag.x - 10 - width >= x0 - 4 ? label(flag.x - 10, y, text, { ...style, anchor: 'end' }) : null,
      afterLag + width <= limit ? label(afterLag, y, text, style) : null,
    ];
  });
  const placed = placer.place(...candidates);
  return placed ? [placed] : [];
}

function noCommit(plan: Plan, lanePlan: LanePlan, group: GroupPlan): Label[] {
  const { lane } = lanePlan;
  if (lane.logEnd === lane.logStart) return [];
  const { flagY } = levelOf(plan, lanePlan, group);
  const y = baseline(flagY + plan.metrics.flagHeight / 2, 14);
  const placed = plan.placer.place(label(plan.x0 + 6, y, plan.words.noCommit, { size: 14, tone: 'ink2' }));
  return placed ? [placed] : [];
}

function memberOf(group: Group | null, lane: string) {
  return group?.members.find(({ owns }) => owns.includes(lane)) ?? null;
}
