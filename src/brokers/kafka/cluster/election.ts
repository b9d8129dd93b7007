/**
 * How the controller changes a partition: ISR, eligible leader replicas, leader, epochs. A port of the decisions of
 * PartitionChangeBuilder.java with eligible leader replicas (KIP-966) and the last known leader, as a cluster made by
 * Kafka 4.1 or later has them. Left out: reassignment, directories, the recovery state.
 */
import type { PartitionImage } from '../protocol/cluster';

/** Nobody leads. */
export const noLeader = -1;

export interface ElectionRules {
  /** Whether a node may lead: it is registered and not fenced. */
  readonly isActive: (node: number) => boolean;
  /** Effective min.insync.replicas of the topic. */
  readonly minInSync: number;
  /** unclean.leader.election.enable of the topic. */
  readonly unclean: boolean;
}

export interface Wish {
  /** Left out: as it is. */
  readonly isr?: readonly number[];
  /** Nodes that came up after they were killed: they cannot be trusted to have all that was committed. */
  readonly uncleanShutdown?: readonly number[];
  /** The first replica shall lead again if it can. */
  readonly preferred?: boolean;
}

/** The partition as it is to be from now on; the same object when nothing changes. */
export function changed(partition: PartitionImage, wish: Wish, rules: ElectionRules): PartitionImage {
  let isr = wish.isr ?? partition.isr;
  let elr = isr.length >= rules.minInSync ? [] : eligible(partition, isr, wish.uncleanShutdown ?? []);
  const elected = elect(partition, isr, elr, wish, rules);
  if (elected.leader !== partition.leader) {
    if (elr.includes(elected.leader)) {
      isr = [elected.leader];
      elr = elr.filter((node) => node !== elected.leader);
    }
    if (elected.isUnclean) {
      isr = [elected.leader];
      elr = [];
    }
  }
  const lastLeader = lastLeaderOf(partition, isr, elected.leader);
  const isLeaderNew = elected.leader !== partition.leader;
  const isSame =
    !isLeaderNew &&
    same(isr, partition.isr) &&
    same(elr, partition.elr) &&
    lastLeader === partition.lastLeader;
  if (isSame) return partition;
  return {
    ...{ replicas: partition.replicas, isr, elr, lastLeader, leader: elected.leader },
    leaderEpoch: partition.leaderEpoch + (isLeaderNew ? 1 : 0),
    partitionEpoch: partition.partitionEpoch + 1,
  };
}

/** maybePopulateTargetElr: whoever was in the ISR or eligible, is not in the ISR now, and did not die uncleanly. */
function eligible(
  partition: PartitionImage,
  isr: readonly number[],
  uncleanShutdown: readonly number[],
): readonly number[] {
  return [...new Set([...partition.elr, ...partition.isr])].filter(
    (node) => !isr.includes(node) && !uncleanShutdown.includes(node),
  );
}

/** electAnyLeader and electPreferredLeader. */
function elect(
  partition: PartitionImage,
  isr: readonly number[],
  elr: readonly number[],
  { preferred }: Wish,
  { isActive, unclean }: ElectionRules,
): { readonly leader: number; readonly isUnclean: boolean } {
  const mayLead = (node: number): boolean =>
    (isr.includes(node) || (isr.length === 0 && elr.includes(node))) && isActive(node);
  const [first] = partition.replicas;
  if (preferred === true && mayLead(first)) return { leader: first, isUnclean: false };
  if (mayLead(partition.leader)) return { leader: partition.leader, isUnclean: false };
  const next = partition.replicas.find(mayLead);
  if (next !== undefined) return { leader: next, isUnclean: false };
  // the last known leader, once nobody is left who is sure to have everything
  const { lastLeader } = partition;
  if (elr.length === 0 && isr.length === 0 && lastLeader !== null && isActive(lastLeader))
    return { leader: lastLeader, isUnclean: true };
  const any = unclean ? partition.replicas.find(isActive) : undefined;
  return any === undefined ? { leader: noLeader, isUnclean: false } : { leader: any, isUnclean: true };
}

/** maybeUpdateLastKnownLeader. */
function lastLeaderOf(partition: PartitionImage, isr: readonly number[], leader: number): number | null {
  if (isr.length === 0 && partition.leader !== noLeader) return partition.leader;
  return leader === noLeader ? partition.lastLeader : null;
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((node, index) => node === b[index]);
}
