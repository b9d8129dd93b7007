/**
 * Auto-commit: what was resolved and not yet committed, of all partitions at once (kafkajs offsetManager/index.js
 * commitOffsets). Sending it is the named step "commit", taking note of the answer is "committed", so that a process
 * can be broken before either: applied but not committed, or committed without knowing it.
 */
import type { OffsetCommitRequest, OffsetCommitResponse } from '../../brokers/kafka/protocol';
import type { Context } from '../../kernel/machine';
import type { Time } from '../../kernel/time';
import { ask, clientIdOf, nextCorrelationId } from './cluster';
import { unknown, type Consumer, type Owned } from './consumer-state';
import { protocolFailure, type Failure } from './failure';
import { commitsByItself } from './options';
import { startTransactionalCommit } from './transactional-commit';

export type Topics = OffsetCommitRequest['topics'];

/** Who commits: a worker by its index, or one of these. Below `call`: a program's own commit, by its ticket. */
export const actors = { loop: -1, seek: -2, reset: -3, call: -10 } as const;

/** Named step: the commit goes out. */
export interface CommitOffsets {
  readonly type: 'CommitOffsets';
  readonly step: 'commit';
  readonly actor: number;
  /** These offsets; left out: everything resolved by the time the step is taken. */
  readonly topics?: Topics;
}

/** Named step: the commit is known to be done. */
export interface OffsetsCommitted {
  readonly type: 'OffsetsCommitted';
  readonly step: 'committed';
  readonly actor: number;
  readonly topics: Topics;
}

/** Starts a commit by `actor`; false when there is nothing to commit, which counts as having committed. */
export function startCommit(state: Consumer, actor: number, context: Context): boolean {
  if (!state.owned.some(isUncommitted)) {
    state.lastCommitAt = context.now;
    return false;
  }
  const step: CommitOffsets = { type: 'CommitOffsets', step: 'commit', actor };
  context.tell(context.part, step);
  return true;
}

/** `consumer.commitOffsets` of one message, called by its handler. */
export function commitMessage(
  actor: number,
  { topic, partition }: Owned,
  position: number,
  context: Context,
): void {
  const topics = [
    { name: topic, partitions: [{ partitionIndex: partition, committedOffset: position + 1 }] },
  ];
  const step: CommitOffsets = { type: 'CommitOffsets', step: 'commit', actor, topics };
  context.tell(context.part, step);
}

/** The step itself: one request, or a transaction of them. */
export function sendCommit(state: Consumer, { actor, topics }: CommitOffsets, context: Context): void {
  const worker = state.workers[actor];
  if (worker) worker.committingSince = context.now;
  const which = topics ?? topicsOf(state.owned);
  if (state.options.transactionalId === undefined) requestCommit(state, actor, which, context);
  else startTransactionalCommit(state, actor, which, context);
}

/** Commits these offsets, whatever has been resolved: a seek, a reset. */
export function requestCommit(state: Consumer, actor: number, topics: Topics, context: Context): void {
  const { cluster, options, generation, memberId } = state;
  const request: OffsetCommitRequest = {
    type: 'OffsetCommitRequest',
    correlationId: nextCorrelationId(cluster),
    clientId: clientIdOf(cluster, context),
    groupId: options.groupId,
    generationId: generation,
    memberId,
    topics,
  };
  ask(cluster, context, state.coordinator, request, actor);
}

/** The first error in the answer, as kafkajs reads it; null when every offset was stored. */
export function commitError({ topics }: OffsetCommitResponse): Failure | null {
  for (const { partitions } of topics) {
    const wrong = partitions.find(({ errorCode }) => errorCode !== 'NONE');
    if (wrong) return protocolFailure(wrong.errorCode);
  }
  return null;
}

/** Takes note of what the coordinator has stored. */
export function noteCommitted(
  state: Consumer,
  { topics }: Pick<OffsetsCommitted, 'topics'>,
  now: Time,
): void {
  state.lastCommitAt = now;
  for (const { name, partitions } of topics) {
    for (const { partitionIndex, committedOffset } of partitions) {
      const owned = state.owned.find(
        ({ topic, partition }) => topic === name && partition === partitionIndex,
      );
      if (!owned) continue;
      owned.committed = committedOffset;
      if (owned.handled.length > 0) {
        owned.handled = owned.handled.filter(({ lastOffset }) => lastOffset >= committedOffset);
      }
    }
  }
}

/** Whether a commit inside a batch is due: autoCommitInterval, autoCommitThreshold (commitOffsetsIfNecessary). */
export function commitDue(state: Consumer, now: Time): boolean {
  const { autoCommitInterval, autoCommitThreshold } = state.options;
  if (!commitsByItself(state.options)) return false;
  if (autoCommitInterval !== null && now >= state.lastCommitAt + autoCommitInterval) return true;
  return autoCommitThreshold !== null && resolvedSinceCommit(state.owned) >= autoCommitThreshold;
}

function resolvedSinceCommit(owned: readonly Owned[]): number {
  let count = 0;
  for (const { resolved, committed } of owned) {
    if (resolved !== unknown) count += committed === unknown ? resolved : resolved - committed;
  }
  return count;
}

function isUncommitted({ resolved, committed }: Owned): boolean {
  return resolved !== unknown && resolved !== committed;
}

/** All that was resolved and is not committed. */
export function uncommittedTopics({ owned }: Consumer): Topics {
  return topicsOf(owned);
}

function topicsOf(owned: readonly Owned[]): Topics {
  const topics = new Map<string, { partitionIndex: number; committedOffset: number }[]>();
  for (const partition of owned) {
    if (!isUncommitted(partition)) continue;
    const offset = { partitionIndex: partition.partition, committedOffset: partition.resolved };
    const known = topics.get(partition.topic);
    if (known) known.push(offset);
    else topics.set(partition.topic, [offset]);
  }
  return [...topics].map(([name, partitions]) => ({ name, partitions }));
}
