/** How a broker looks: a lane per partition with the flags of its readers, a group per consumer group, transactions. */
import type { Look, PartPicture } from '../../kernel/part';
import type { Cell, Group as GroupShape, Lane, Pointer } from '../../kernel/shape';
import type { Time } from '../../kernel/time';
import { modernOwner, modernShape } from './consumer-group/describe';
import { transactionOf, transactionShapes, transactionsIn } from './describe-transactions';
import { ownedBy, type Group } from './group';
import type { Partition } from './partition';
import { indexFrom, offsetIn } from './protocol/records';
import { segmentExpiry } from './retention';
import { segmentIndexOf } from './segments';
import { sharedIn, shareLag, sharePointer } from './share/describe';
import { allPartitions, partitionOf, type BrokerState } from './state';

export function describe(state: BrokerState, look: Look): PartPicture {
  const lanes = [...allPartitions(state)].map((partition) => laneOf(state, partition, look));
  const groups = [...state.groups.values()].map((group) => groupShapeOf(state, group));
  return { shapes: [...lanes, ...groups, ...transactionShapes(state, look.now)] };
}

/** Only the cells on screen: `look.cells` of them, ending before `look.laneEnd` (the log end when that is null). */
export function laneOf(state: BrokerState, partition: Partition, look: Look): Lane {
  const { address, topic, index, logStart, logEnd, highWatermark, config } = partition;
  const end = Math.min(Math.max(look.laneEnd(address) ?? logEnd, logStart), logEnd);
  const start = Math.max(logStart, end - look.cells);
  return {
    shape: 'lane',
    address,
    place: topic,
    index,
    logStart,
    logEnd,
    highWatermark,
    cells: cellsOf(state, partition, start, end, look),
    pointers: [...state.groups.values()].flatMap((group) => pointerOf(state, group, partition) ?? []),
    retention: config.retention,
    ...transactionsIn(state, partition, start, end),
  };
}

/** Offsets from `from` to before `to`, both within the log. */
function cellsOf(state: BrokerState, partition: Partition, from: number, to: number, look: Look): Cell[] {
  const { log, segments } = partition;
  const cells: Cell[] = [];
  const shares = sharedIn(state, partition);
  let segmentEnd = -1;
  let expiresAt: Time | null = null;
  for (let index = log.findFirst(({ lastOffset }) => lastOffset >= from); index < log.end; index++) {
    const batch = log.at(index)!;
    const { records, baseOffset } = batch;
    if (baseOffset >= to) break;
    if (baseOffset >= segmentEnd) {
      const segment = segmentIndexOf(segments, baseOffset);
      segmentEnd = segment + 1 < segments.length ? segments[segment + 1].baseOffset : Infinity;
      expiresAt = segmentExpiry(state, partition, segment, look.now);
    }
    const transaction = transactionOf(state, partition, batch);
    for (let i = indexFrom(batch, from); i < records.length && offsetIn(batch, i) < to; i++) {
      const { message, timestamp } = records[i];
      const shared = shares?.get(offsetIn(batch, i));
      // Who has read beyond its commit only the clients know: the view fills that in.
      cells.push({
        offset: offsetIn(batch, i),
        face: look.face(message),
        timestamp,
        expiresAt,
        uncommittedBy: [],
        ...(transaction ? { transaction } : {}),
        ...(shared ? { shared } : {}),
      });
    }
  }
  return cells;
}

/** A group that has committed here or reads here now. Its position is the client's secret until the view adds it. */
export function pointerOf(state: BrokerState, group: Group, partition: Partition): Pointer | null {
  if (group.modern?.kind === 'share') return sharePointer(state, group.groupId, partition);
  const committed = committedIn(group, partition);
  const owner = ownerOf(group, partition);
  if (committed === null && owner === null) return null;
  return {
    group: group.groupId,
    committed,
    position: null,
    owner: owner?.process ?? null,
    lag: committed === null ? null : Math.max(0, partition.logEnd - committed),
    sought: null,
  };
}

/** null without a commit; kafkajs also commits −1 and −2 on the way to a reset, which name no place in the log. */
function committedIn({ offsets }: Group, { address }: Partition): number | null {
  const offset = offsets.get(address)?.offset ?? -1;
  return offset < 0 ? null : offset;
}

function ownerOf(group: Group, partition: Partition): { readonly process: string } | null {
  if (group.modern) return modernOwner(group.modern, partition);
  const { topic, index } = partition;
  for (const member of group.members.values()) {
    if (ownedBy(group, member)[topic]?.includes(index)) return member;
  }
  return null;
}

export function groupShapeOf(state: BrokerState, group: Group): GroupShape {
  if (group.modern)
    return {
      ...modernShape(group, group.modern, (place) => `${state.name}/${place}`),
      lag: lagOf(state, group),
    };
  const members = [...group.members.values()].map((member) => {
    const assignment = ownedBy(group, member);
    const isParked = !member.isNew && (member.awaitingJoin ?? member.awaitingSync) !== null;
    return {
      memberId: member.memberId,
      process: member.process,
      ...(member.instanceId === undefined ? {} : { instance: member.instanceId }),
      owns: Object.keys(assignment).flatMap((topic) =>
        assignment[topic].map((partition) => `${state.name}/${topic}/${partition}`),
      ),
      expiresAt: isParked ? null : (member.session?.expiresAt ?? null),
      ...(group.state === 'PreparingRebalance' ? { joined: member.awaitingJoin !== null } : {}),
    };
  });
  return {
    shape: 'group',
    address: group.address,
    name: group.groupId,
    state: group.state,
    generation: group.generation,
    protocol: group.protocol ?? '',
    members,
    lag: lagOf(state, group),
  };
}

/** Over all partitions where it has committed. */
function lagOf(state: BrokerState, group: Group): number {
  if (group.modern?.kind === 'share') return shareLag(state, group.groupId);
  let lag = 0;
  for (const { topic, partition: index, offset } of group.offsets.values()) {
    const partition = partitionOf(state, topic, index);
    if (partition && offset >= 0) lag += Math.max(0, partition.logEnd - offset);
  }
  return lag;
}
