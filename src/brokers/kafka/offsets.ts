/**
 * Committed offsets: where a group goes on reading (OffsetMetadataManager.java, ClassicGroup.java validateOffsetCommit).
 * The broker takes any number a client sends; that it lies in the log is the client's business. Left out: leader
 * epochs. Commits of transactions: txn-offsets.ts.
 */
import type { FactId } from '../../kernel/fact';
import type { Context } from '../../kernel/machine';
import { commitErrorIn, fetchErrorIn } from './consumer-group/commits';
import { OffsetCommitRefused, OffsetCommitted } from './facts';
import { newGroup, type CommittedOffset, type Group } from './group';
import { watchOffsets } from './offset-expiry';
import type { Partition } from './partition';
import type {
  ErrorCode,
  OffsetCommitRequest,
  OffsetCommitResponse,
  OffsetFetchRequest,
  OffsetFetchResponse,
} from './protocol';
import { keepAlive } from './sessions';
import { memberErrorOf } from './static-members';
import { partitionOf, type BrokerState } from './state';
import type { Caller } from './turns';

type CommitTopic = OffsetCommitResponse['topics'][number];
type FetchedTopic = OffsetFetchResponse['topics'][number];

/** Stores offsets for a group, all or none of those whose partitions exist. */
export function commitOffsets(
  state: BrokerState,
  request: OffsetCommitRequest,
  caller: Caller,
  context: Context,
): void {
  const known = state.groups.get(request.groupId);
  const refusal = commitErrorOf(known, request);
  const group = refusal === 'NONE' ? (known ?? createSimpleGroup(state, request.groupId, context)) : known;
  if (group && refusal === 'NONE') keepSession(group, request.memberId, context);
  const topics: CommitTopic[] = [];
  for (const { name, partitions } of request.topics) {
    const answers: CommitTopic['partitions'][number][] = [];
    for (const { partitionIndex, committedOffset, metadata = '' } of partitions) {
      const partition = partitionOf(state, name, partitionIndex);
      const why = known?.modern ? commitErrorIn(known.modern, request, name, partitionIndex) : refusal;
      const errorCode = partition === undefined ? 'UNKNOWN_TOPIC_OR_PARTITION' : why;
      if (group && partition && errorCode === 'NONE')
        storeOffset(group, partition, { offset: committedOffset, metadata }, caller.cause, context);
      else {
        const subject = partition?.address ?? `${state.name}/${name}/${partitionIndex}`;
        refuse(subject, request.groupId, committedOffset, errorCode, caller, context);
      }
      answers.push({ partitionIndex, errorCode });
    }
    topics.push({ name, partitions: answers });
  }
  if (group?.protocolType === null) watchOffsets(state, group, context);
  const response: OffsetCommitResponse = {
    type: 'OffsetCommitResponse',
    correlationId: request.correlationId,
    topics,
  };
  context.reply(caller.connection, response);
}

/** What a group has committed; −1 where there is nothing, also for a group nobody has heard of. */
export function fetchOffsets(
  state: BrokerState,
  request: OffsetFetchRequest,
  caller: Caller,
  context: Context,
): void {
  const group = state.groups.get(request.groupId);
  const refusal = group?.modern ? fetchErrorIn(group.modern, request.member) : 'NONE';
  const topics: FetchedTopic[] = (request.topics ?? committedBy(group)).map(({ name, partitionIndexes }) => ({
    name,
    partitions: partitionIndexes.map((partitionIndex) => {
      const address = `${state.name}/${name}/${partitionIndex}`;
      if (request.requireStable === true && isPending(group, address))
        return { partitionIndex, committedOffset: -1, errorCode: 'UNSTABLE_OFFSET_COMMIT' };
      const committed = group?.offsets.get(address);
      const { metadata } = committed ?? {};
      const found = { partitionIndex, committedOffset: committed?.offset ?? -1, errorCode: 'NONE' } as const;
      return metadata === undefined ? found : { ...found, metadata };
    }),
  }));
  const response: OffsetFetchResponse = {
    type: 'OffsetFetchResponse',
    correlationId: request.correlationId,
    errorCode: refusal,
    topics: refusal === 'NONE' ? topics : [],
  };
  context.reply(caller.connection, response);
}

/**
 * Why a commit is not taken. A member commits with its generation, also while the others are already joining again
 * (PreparingRebalance): that is what lets it save its work before it rejoins. It is too late once the join is over
 * (CompletingRebalance). Without a generation (an admin, a consumer without a group) the group must be empty.
 * A group nobody has heard of: ILLEGAL_GENERATION, as kafkajs's version of the request is answered; newer clients are
 * told GROUP_ID_NOT_FOUND.
 */
export function commitErrorOf(group: Group | undefined, request: OffsetCommitRequest): ErrorCode {
  const { generationId, memberId } = request;
  if (!group) return generationId < 0 ? 'NONE' : 'ILLEGAL_GENERATION';
  // each partition by itself (consumer-group/commits.ts)
  if (group.modern) return 'NONE';
  if (generationId < 0 && group.state === 'Empty') return 'NONE';
  if (generationId < 0 && memberId === '') return 'UNKNOWN_MEMBER_ID';
  const refusal = memberErrorOf(group, memberId, request.groupInstanceId);
  if (refusal !== 'NONE') return refusal;
  if (generationId !== group.generation) return 'ILLEGAL_GENERATION';
  return group.state === 'CompletingRebalance' ? 'REBALANCE_IN_PROGRESS' : 'NONE';
}

/** The group reads on from here. */
export function storeOffset(
  group: Group,
  partition: Partition,
  { offset, metadata = '' }: Pick<CommittedOffset, 'offset' | 'metadata'>,
  cause: FactId,
  context: Context,
): void {
  const { address, topic, index } = partition;
  const previous = group.offsets.get(address)?.offset ?? -1;
  const committed: CommittedOffset = { topic, partition: index, offset, committedAt: context.now };
  group.offsets.set(address, metadata === '' ? committed : { ...committed, metadata });
  if (offset === previous) return;
  context.emit({
    is: OffsetCommitted,
    subject: address,
    position: offset,
    amount: previous,
    group: group.groupId,
    cause,
  });
}

/** All that a group has committed, by topic. */
function committedBy(group: Group | undefined): NonNullable<OffsetFetchRequest['topics']> {
  const topics = new Map<string, number[]>();
  for (const { topic, partition } of group?.offsets.values() ?? [])
    topics.set(topic, [...(topics.get(topic) ?? []), partition]);
  return [...topics].map(([name, partitionIndexes]) => ({ name, partitionIndexes }));
}

/** An open transaction has an offset of its own for it, so the committed one may soon be an old one (KIP-447). */
function isPending(group: Group | undefined, address: string): boolean {
  for (const offsets of group?.pendingOffsets?.values() ?? []) if (offsets.has(address)) return true;
  return false;
}

function refuse(
  subject: string,
  group: string,
  position: number,
  detail: ErrorCode,
  { cause }: Caller,
  context: Context,
): void {
  context.emit({ is: OffsetCommitRefused, subject, position, group, detail, cause });
}

/** A commit is a sign of life, like a heartbeat. */
function keepSession(group: Group, memberId: string, context: Context): void {
  const member = group.members.get(memberId);
  if (member) keepAlive(group, member, member.sessionTimeoutMs, context);
}

function createSimpleGroup(state: BrokerState, groupId: string, { now }: Context): Group {
  const group = newGroup(state.name, groupId, now);
  state.groups.set(groupId, group);
  return group;
}
