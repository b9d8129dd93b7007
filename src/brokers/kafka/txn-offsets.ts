/**
 * Offsets committed in a transaction: they wait beside the group's own until its end, and nobody sees them before
 * (OffsetMetadataManager.java pendingTransactionalOffsets). Whoever says which member it is has to have its place still
 * (KIP-447); clients before 2.5 do not say, and are fenced by their transactional id alone.
 */
import type { Context } from '../../kernel/machine';
import { commitErrorIn } from './consumer-group/commits';
import { newGroup, type CommittedOffset, type Group } from './group';
import { storeOffset } from './offsets';
import type { ErrorCode, TxnOffsetCommitRequest, TxnOffsetCommitResponse } from './protocol';
import { partitionOf, type BrokerState } from './state';
import type { Caller } from './turns';

type CommitTopic = TxnOffsetCommitResponse['topics'][number];

/** By producer id, then by partition address. Immutable. */
export type PendingOffsets = ReadonlyMap<number, ReadonlyMap<string, CommittedOffset>>;

/** `refused`: why they cannot be part of the transaction; 'NONE': they can. */
export function commitTxnOffsets(
  state: BrokerState,
  request: TxnOffsetCommitRequest,
  caller: Caller,
  context: Context,
  refused: ErrorCode,
): void {
  const { groupId, producerId } = request;
  const known = state.groups.get(groupId);
  const group = known ?? newGroup(state.name, groupId, context.now);
  if (refused === 'NONE' && memberError(known, request) === 'NONE') state.groups.set(groupId, group);
  const pending = new Map(group.pendingOffsets?.get(producerId));
  const topics = request.topics.map(({ name, partitions }): CommitTopic => ({
    name,
    partitions: partitions.map(({ partitionIndex, committedOffset: offset }) => {
      const partition = partitionOf(state, name, partitionIndex);
      if (!partition) return { partitionIndex, errorCode: 'UNKNOWN_TOPIC_OR_PARTITION' };
      const errorCode = refused !== 'NONE' ? refused : memberError(known, request, name, partitionIndex);
      if (errorCode !== 'NONE') return { partitionIndex, errorCode };
      const { address, topic, index } = partition;
      pending.set(address, { topic, partition: index, offset, committedAt: context.now });
      return { partitionIndex, errorCode: 'NONE' };
    }),
  }));
  if (pending.size > 0) group.pendingOffsets = new Map(group.pendingOffsets).set(producerId, pending);
  const response: TxnOffsetCommitResponse = {
    type: 'TxnOffsetCommitResponse',
    correlationId: request.correlationId,
    topics,
  };
  context.reply(caller.connection, response);
}

/** Why a member's offsets are not taken (ClassicGroup.java, ConsumerGroup.java validateOffsetCommit, of a transaction). */
function memberError(
  group: Group | undefined,
  { member }: TxnOffsetCommitRequest,
  topic = '',
  partition = -1,
): ErrorCode {
  if (!member) return 'NONE';
  const { generationId, memberId, groupInstanceId } = member;
  if (!group) return generationId < 0 ? 'NONE' : 'ILLEGAL_GENERATION';
  if (group.modern) {
    if (topic === '') return 'NONE';
    const error = commitErrorIn(group.modern, member, topic, partition);
    return error === 'STALE_MEMBER_EPOCH' ? 'ILLEGAL_GENERATION' : error;
  }
  if (generationId < 0 && (group.state === 'Empty' || (memberId === '' && groupInstanceId === null)))
    return 'NONE';
  if (!group.members.has(memberId)) return 'UNKNOWN_MEMBER_ID';
  return generationId === group.generation ? 'NONE' : 'ILLEGAL_GENERATION';
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
  for (const committed of pending.values()) {
    const partition = partitionOf(state, committed.topic, committed.partition);
    if (partition) storeOffset(group, partition, committed, context.cause, context);
  }
}
