/**
 * Offsets committed in a transaction: they wait beside the group's own until its end, and nobody sees them before
 * (OffsetMetadataManager.java pendingTransactionalOffsets). As for clients before 2.5 the group's generation is not
 * asked for: only the transactional id fences (no KIP-447).
 */
import type { Context } from '../../kernel/machine';
import { newGroup, type CommittedOffset, type Group } from './group';
import { storeOffset } from './offsets';
import type { TxnOffsetCommitRequest, TxnOffsetCommitResponse } from './protocol';
import { partitionOf, type BrokerState } from './state';
import type { Caller } from './turns';

type CommitTopic = TxnOffsetCommitResponse['topics'][number];

/** By producer id, then by partition address. Immutable. */
export type PendingOffsets = ReadonlyMap<number, ReadonlyMap<string, CommittedOffset>>;

export function commitTxnOffsets(
  state: BrokerState,
  request: TxnOffsetCommitRequest,
  caller: Caller,
  context: Context,
): void {
  const { groupId, producerId } = request;
  const group = state.groups.get(groupId) ?? newGroup(state.name, groupId, context.now);
  state.groups.set(groupId, group);
  const pending = new Map(group.pendingOffsets?.get(producerId));
  const topics = request.topics.map(({ name, partitions }): CommitTopic => ({
    name,
    partitions: partitions.map(({ partitionIndex, committedOffset: offset }) => {
      const partition = partitionOf(state, name, partitionIndex);
      if (!partition) return { partitionIndex, errorCode: 'UNKNOWN_TOPIC_OR_PARTITION' };
      const { address, topic, index } = partition;
      pending.set(address, { topic, partition: index, offset, committedAt: context.now });
      return { partitionIndex, errorCode: 'NONE' };
    }),
  }));
  group.pendingOffsets = new Map(group.pendingOffsets).set(producerId, pending);
  const response: TxnOffsetCommitResponse = {
    type: 'TxnOffsetCommitResponse',
    correlationId: request.correlationId,
    topics,
  };
  context.reply(caller.connection, response);
}

/** The transaction is over: what waited becomes the group's, or is forgotten. */
export function endPendingOffsets(
  state: BrokerState,
  groupId: string,
  producerId: number,
  isCommit: boolean,
  context: Context,
): void {
  const group: Group | undefined = state.groups.get(groupId);
  const pending = group?.pendingOffsets?.get(producerId);
  if (!group || !pending) return;
  const rest = new Map(group.pendingOffsets);
  rest.delete(producerId);
  if (rest.size > 0) group.pendingOffsets = rest;
  else delete group.pendingOffsets;
  if (!isCommit) return;
  for (const { topic, partition: index, offset } of pending.values()) {
    const partition = partitionOf(state, topic, index);
    if (partition) storeOffset(group, partition, offset, context.cause, context);
  }
}
