/**
 * What a rebalance asks of one consumer. Eager: all stop until all have joined again. Cooperative: who has partitions
 * reads on. The consumer protocol (KIP-848): each gives up and takes up by itself, at its own pace.
 */
import type { Address, Group, Process } from '../../kernel/shape';
import type { GroupPlan, Plan } from './plan';

type Member = Group['members'][number];

export interface Handover {
  /** A word or two. */
  readonly text: string;
  /** It reads nothing meanwhile. */
  readonly stands: boolean;
}

/** Null where nothing is asked of it. */
export function handoverOf(plan: Plan, process: Process, { name, shape }: GroupPlan): Handover | null {
  if (!shape) return null;
  const { words, lanes } = plan;
  const member = shape.members.find((one) => one.process === process.address);
  const reads = lanes.some(({ lane }) =>
    lane.pointers.some(
      ({ group, owner, position }) => group === name && owner === process.address && position !== null,
    ),
  );
  if (shape.type === 'share') return null;
  if (shape.type === 'consumer') return member ? reconciling(plan, member, reads) : null;
  if (shape.state !== 'PreparingRebalance' && shape.state !== 'CompletingRebalance') return null;
  if (reads) return { text: words.readsOn, stands: false };
  return { text: member?.joined ? words.waits : words.condition.rebalancing, stands: true };
}

function reconciling(plan: Plan, member: Member, reads: boolean): Handover | null {
  const { words } = plan;
  const { owns, target = owns, revoking = [] } = member;
  if (revoking.length > 0) return { text: words.givesUp(indexes(plan, revoking)), stands: false };
  const awaited = target.filter((lane) => !owns.includes(lane));
  return awaited.length > 0 ? { text: words.waitsFor(indexes(plan, awaited)), stands: !reads } : null;
}

function indexes({ lanes }: Plan, addresses: readonly Address[]): number[] {
  return lanes.filter(({ lane }) => addresses.includes(lane.address)).map(({ lane }) => lane.index);
}
