/** Where a group stands beside a lane: heights of its level, and what broker and client together know of its place. */
import type { Pointer } from '../../kernel/shape';
import type { GroupPlan, LanePlan, Plan } from './plan';
import type { Point } from './scene';
import { isShare } from './shares';

export interface Level {
  readonly wireY: number;
  readonly flagY: number;
  /** Edge of the strip this level looks at, and the outer end of its poles. */
  readonly edge: number;
  readonly middle: number;
}

/** Heights of a group's level beside a lane. */
export function levelOf(
  plan: Plan,
  { y, top, bottom, copies }: LanePlan,
  { above, track }: GroupPlan,
): Level {
  const { metrics, cellHeight, track: height } = plan;
  const outer = (track + 1) * height;
  // A flag is the group's word about the partition, whoever leads it: among copies it stands at their edge.
  const middle = (above ? (copies[0] ?? y) : (copies.at(-1) ?? y)) + cellHeight / 2;
  return above
    ? { wireY: top - track * height - metrics.wireOff, flagY: top - outer + 1, edge: top, middle }
    : {
        wireY: bottom + track * height + metrics.wireOff,
        flagY: bottom + outer - 1 - metrics.flagHeight,
        edge: bottom,
        middle,
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
  if (pointer?.shareWindow && isShare(group)) {
    const { from, to } = pointer.shareWindow;
    return { pointer, committed: from, position: to, reading: group.processes.length > 0, pending: [] };
  }
  const uncommitted = lane.cells
    .filter(({ uncommittedBy }) => uncommittedBy.includes(group.name))
    .map(({ offset }) => offset);
  const pending = reading ? [] : uncommitted;
  const last = pending.at(-1);
  const position = pointer?.position ?? (last === undefined ? committed : last + 1);
  return { pointer, committed, position, reading, pending };
}

export function onScreen({ first, x }: LanePlan, offset: number | null): boolean {
  return offset !== null && offset >= first && offset <= x.domain()[1];
}

/** Where a group's wire starts beside a lane. */
export function wireStart(plan: Plan, lanePlan: LanePlan, stand: Stand): Point['x'] {
  const [start, stop] = lanePlan.x.range() as [number, number];
  const offset = stand.position ?? stand.committed ?? lanePlan.first;
  return Math.max(start, Math.min(stop, lanePlan.x(offset)));
}
