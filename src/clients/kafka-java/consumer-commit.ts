/**
 * Commits: of what polls have given out, every auto.commit.interval.ms within a poll; before a rebalance; at the end; and
 * of what a program names (ConsumerCoordinator.java). Sending one is the named step "commit" where a handler works.
 */
import type { OffsetCommitRequest, OffsetCommitResponse } from '../../brokers/kafka/protocol';
import type { Context } from '../../kernel/machine';
import { askCoordinator, forgetCoordinator, isCoordinatorReady } from './coordinator';
import type { ConsumerState } from './consumer-state';
import { retriable, thrownFor, type Thrown } from './exceptions';
import type { Waiting } from './wire';

export type Offsets = readonly {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}[];

/** What becomes of a commit: it is on its way; or why it cannot be. */
export type Sent = 'sent' | 'no coordinator' | Thrown;

export const rebalancing: Thrown = {
  name: 'RebalanceInProgressException',
  message:
    'Offset commit cannot be completed since the consumer is undergoing a rebalance for auto partition assignment. You can try completing the rebalance by calling poll() and then retry the operation.',
};

const notInGroup: Thrown = {
  name: 'CommitFailedException',
  message:
    'Offset commit cannot be completed since the consumer is not part of an active group for auto partition assignment; it is likely that the consumer was kicked out of the group.',
};

/** CommitFailedException without words of its own. */
export const commitFailed: Thrown = {
  name: 'CommitFailedException',
  message:
    'Commit cannot be completed since the group has already rebalanced and assigned the partitions to another member. This means that the time between subsequent calls to poll() was longer than the configured max.poll.interval.ms, which typically implies that the poll loop is spending too much time message processing. You can address this either by increasing max.poll.interval.ms or by reducing the maximum size of batches returned in poll() with max.poll.records.',
};

export const fenced: Thrown = thrownFor('FENCED_INSTANCE_ID');

/** Next to read of everything that has a place: what a commit without offsets commits (allConsumed). */
export function consumed({ assigned }: ConsumerState): Offsets {
  return [...assigned.values()]
    .filter(({ state }) => state === 'fetching')
    .map(({ topic, partition, position }) => ({ topic, partition, offset: position }));
}

/** Sends a commit; `purpose` says who waits for it. */
export function sendCommit(state: ConsumerState, offsets: Offsets, purpose: string, context: Context): Sent {
  if (!isCoordinatorReady(state, context)) return 'no coordinator';
  const { member, isManual, config } = state;
  const isMember = member !== null && !isManual;
  if (isMember && member.standing !== 'stable')
    return member.standing === 'unjoined' ? notInGroup : rebalancing;
  const topics = new Map<string, { partitionIndex: number; committedOffset: number }[]>();
  for (const { topic, partition, offset } of offsets) {
    const one = { partitionIndex: partition, committedOffset: offset };
    const known = topics.get(topic);
    if (known) known.push(one);
    else topics.set(topic, [one]);
  }
  askCoordinator(
    state,
    {
      type: 'OffsetCommitRequest',
      groupId: config.groupId,
      generationId: isMember ? member.generation : -1,
      memberId: isMember ? member.memberId : '',
      ...(isMember && config.instanceId !== null ? { groupInstanceId: config.instanceId } : {}),
      topics: [...topics].map(([name, partitions]) => ({ name, partitions })),
    },
    context,
    { purpose },
  );
  return 'sent';
}

/** A commit that no call waits for, where one is due. */
export function autoCommit(state: ConsumerState, context: Context): void {
  if (!state.config.autoCommit || context.now < state.nextAutoCommit) return;
  state.nextAutoCommit = context.now + state.config.autoCommitInterval;
  commitAsync(state, context);
}

/** Of everything, without waiting for it. */
export function commitAsync(state: ConsumerState, context: Context): void {
  const offsets = consumed(state);
  if (offsets.length === 0) return;
  if (sendCommit(state, offsets, 'auto', context) === 'sent') state.asyncCommits++;
}

/** First error of an answer; 'NONE' when everything is committed. */
export function commitError({ topics }: OffsetCommitResponse): string {
  for (const { partitions } of topics)
    for (const { errorCode } of partitions) if (errorCode !== 'NONE') return errorCode;
  return 'NONE';
}

/** Takes note of what the coordinator has kept. */
export function noteCommitted(state: ConsumerState, { topics }: OffsetCommitRequest): void {
  for (const { name, partitions } of topics)
    for (const { partitionIndex, committedOffset } of partitions) {
      const one = state.assigned.get(`${name}-${partitionIndex}`);
      if (one) one.committed = committedOffset;
    }
}

/**
 * Why a commit was not taken, where that has nothing to do with the membership: null when it is tried again; undefined when
 * it is for the membership to say (OffsetCommitResponseHandler).
 */
export function commitTrouble(state: ConsumerState, code: string): Thrown | null | undefined {
  switch (code) {
    case 'COORDINATOR_NOT_AVAILABLE':
    case 'NOT_COORDINATOR':
    case 'REQUEST_TIMED_OUT':
      forgetCoordinator(state, false);
      return null;
    case 'FENCED_INSTANCE_ID':
    case 'REBALANCE_IN_PROGRESS':
    case 'UNKNOWN_MEMBER_ID':
    case 'ILLEGAL_GENERATION':
    case 'STALE_MEMBER_EPOCH':
      return undefined;
    default:
      if (retriable(code) !== 'never') return null;
      return { name: 'KafkaException', message: `Unexpected error in commit: ${thrownFor(code).message}` };
  }
}

/** Whether this commit was sent by a poll or a rebalance, and not by a call that waits. */
export function isAsync({ purpose }: Waiting): boolean {
  return purpose === 'auto';
}
