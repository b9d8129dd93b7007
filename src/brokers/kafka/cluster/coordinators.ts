/**
 * Which node coordinates a group or a transactional id: the leader of the partition that keeps it. Whoever becomes that
 * leader reads what is kept there, and whoever is no longer forgets it (GroupCoordinatorService.java onElection and
 * onResignation, TransactionCoordinator.scala). Simplified: reading takes no time.
 */
import type { Context } from '../../../kernel/machine';
import { resumeMembers } from '../consumer-group/resume';
import { forgetTimes } from '../consumer-group/timers';
import type { Group } from '../group';
import { keepAlive, endSession } from '../sessions';
import type { Partition } from '../partition';
import type { ErrorCode, KafkaRequest } from '../protocol';
import { partitionOf } from '../state';
import { watchTransaction } from '../transactions';
import { giveTurnBack } from '../turns';
import type { Clustered } from './cluster-state';
import { readGroups, readTransactions } from './journal';
import { offsetsTopic, transactionsTopic } from '../topic-name';
import { keyPartition } from './key-partition';

type CoordinatorTopic = typeof offsetsTopic | typeof transactionsTopic;

/** What a request asks a coordinator for; null: it asks none. */
export function coordinated(
  request: KafkaRequest,
): { readonly topic: CoordinatorTopic; readonly key: string } | null {
  switch (request.type) {
    case 'JoinGroupRequest':
    case 'SyncGroupRequest':
    case 'HeartbeatRequest':
    case 'LeaveGroupRequest':
    case 'OffsetCommitRequest':
    case 'OffsetFetchRequest':
    case 'TxnOffsetCommitRequest':
    case 'ConsumerGroupHeartbeatRequest':
      return { topic: offsetsTopic, key: request.groupId };
    case 'DescribeGroupsRequest':
      return { topic: offsetsTopic, key: request.groups[0] ?? '' };
    case 'ConsumerGroupDescribeRequest':
      return { topic: offsetsTopic, key: request.groupIds[0] ?? '' };
    case 'DeleteGroupsRequest':
      return { topic: offsetsTopic, key: request.groupsNames[0] ?? '' };
    case 'AddPartitionsToTxnRequest':
    case 'AddOffsetsToTxnRequest':
    case 'EndTxnRequest':
      return { topic: transactionsTopic, key: request.transactionalId };
    case 'InitProducerIdRequest':
      return request.transactionalId === null ? null : { topic: transactionsTopic, key: request.transactionalId }; // prettier-ignore
    default:
      return null;
  }
}

/** Why this node cannot answer for the key; 'NONE' when it coordinates it. */
export function coordinatorError(state: Clustered, topic: CoordinatorTopic, key: string): ErrorCode {
  const node = coordinatorOf(state, topic, key);
  if (node === null) return 'COORDINATOR_NOT_AVAILABLE';
  return node === state.nodeId && placeOf(state, topic, key)?.replication?.role === 'leader'
    ? 'NONE'
    : 'NOT_COORDINATOR';
}

/** Node that coordinates the key, as this node knows it; null: none does. */
export function coordinatorOf({ cluster }: Clustered, topic: CoordinatorTopic, key: string): number | null {
  const partitions = cluster.image.topics.get(topic)?.partitions;
  if (!partitions) return null;
  const { leader } = partitions[keyPartition(key, partitions.length)];
  return leader < 0 ? null : leader;
}

/** This node leads the partition from now on. */
export function takeOverCoordinator(state: Clustered, partition: Partition, context: Context): void {
  forget(state, partition, context);
  if (partition.topic === offsetsTopic) {
    readGroups(state, partition);
    for (const group of state.groups.values())
      if (isKeptIn(state, partition, group.groupId)) resumeGroup(state, group, context);
  }
  if (partition.topic === transactionsTopic) {
    readTransactions(state, partition);
    for (const transaction of state.transactions?.values() ?? [])
      if (isKeptIn(state, partition, transaction.transactionalId) && transaction.state === 'Ongoing')
        watchTransaction(transaction, context);
  }
}

/** Another node leads it. */
export function resignCoordinator(state: Clustered, partition: Partition, context: Context): void {
  forget(state, partition, context);
}

function forget(state: Clustered, partition: Partition, context: Context): void {
  const { journaled } = state.cluster;
  if (partition.topic === offsetsTopic)
    for (const [id, group] of state.groups) {
      if (!isKeptIn(state, partition, id)) continue;
      dismiss(state, group, context);
      state.groups.delete(id);
      journaled.groups.delete(id);
    }
  if (partition.topic === transactionsTopic && state.transactions) {
    const transactions = new Map(state.transactions);
    for (const [id, { timer }] of state.transactions) {
      if (!isKeptIn(state, partition, id)) continue;
      if (timer !== null) context.cancel(timer);
      transactions.delete(id);
      journaled.transactions.delete(id);
    }
    state.transactions = transactions;
  }
}

function isKeptIn(state: Clustered, { topic, index }: Partition, key: string): boolean {
  return keyPartition(key, state.topics.get(topic)!.partitions.length) === index;
}

/** Every member has one session timeout to be heard of by its new coordinator (onLoaded). */
function resumeGroup(state: Clustered, group: Group, context: Context): void {
  resumeMembers(state, group, context);
  for (const member of group.members.values()) keepAlive(group, member, member.sessionTimeoutMs, context);
}

/** Nobody is waited for any more, and who waits is told to look for another coordinator. */
function dismiss(state: Clustered, group: Group, context: Context): void {
  for (const memberId of group.times?.keys() ?? []) forgetTimes(group, memberId, context);
  for (const timer of [group.joinTimer, group.syncTimer]) if (timer !== null) context.cancel(timer);
  for (const member of [...group.members.values(), ...group.pendingJoin.values()])
    endSession(member, context);
  for (const { awaitingJoin, awaitingSync } of group.members.values()) {
    if (awaitingJoin) {
      const { connection, correlationId } = awaitingJoin;
      context.reply(connection, {
        ...{ type: 'JoinGroupResponse', correlationId, errorCode: 'NOT_COORDINATOR' },
        ...{ generationId: -1, protocolName: '', leader: '', memberId: '', members: [] },
      });
      giveTurnBack(state, connection, false);
    }
    if (awaitingSync) {
      const { connection, correlationId } = awaitingSync;
      context.reply(connection, {
        ...{ type: 'SyncGroupResponse', correlationId, errorCode: 'NOT_COORDINATOR', assignment: {} },
      });
      giveTurnBack(state, connection, false);
    }
  }
}

function placeOf(state: Clustered, topic: CoordinatorTopic, key: string): Partition | undefined {
  const count = state.topics.get(topic)?.partitions.length ?? 0;
  return count === 0 ? undefined : partitionOf(state, topic, keyPartition(key, count));
}
