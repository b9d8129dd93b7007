/** `consumer.seek`: remembered at once, done before the next fetch. Source: kafkajs consumer/consumerGroup.js seekOffsets. */
import type { OffsetCommitRequest } from '../../brokers/kafka/protocol';
import { factType } from '../../kernel/fact';
import type { Context } from '../../kernel/machine';
import { actors, requestCommit } from './commit';
import { isOwned, positionOf, type Consumer, type Owned, type Phase } from './consumer-state';
import type { Failure } from './failure';
import { clearOffsets, earliest, emitSought, offsetOf } from './offsets';
import { commitsByItself } from './options';

/** Moves the position of one partition or of all. −1 and −2 mean "by the reset policy" (see offsets.ts). */
export interface Seek {
  readonly type: 'Seek';
  /** Default: every subscribed topic. */
  readonly topic?: string | null;
  /** Default: every partition. */
  readonly partition?: number | null;
  readonly offset: number;
}

const SeekFailed = factType('failed', 'SeekFailed');

const joining: readonly Phase[] = [
  'connecting',
  'finding',
  'joining',
  'leading',
  'syncing',
  'waiting to join again',
];

/**
 * Remembers the seek for the partitions that are this member's. Others are left to their owners: kafkajs would keep
 * such a seek and carry it out when the partition comes to this member later, which no caller wants. While the group
 * is being joined nobody knows who owns what, so then everything is remembered and sorted out when it is known.
 */
export function rememberSeek(state: Consumer, seek: Seek, context: Context): void {
  const offset = Math.trunc(seek.offset);
  // kafkajs throws for these: nothing to seek in, and no such offset
  if (state.phase === 'stopped' || state.phase === 'waiting to start again' || !(offset >= earliest)) return;
  const topics = seek.topic === undefined || seek.topic === null ? state.options.topics : [seek.topic];
  const undecided = joining.includes(state.phase);
  for (const topic of topics) {
    const partitions =
      seek.partition === undefined || seek.partition === null
        ? (state.cluster.metadata.get(topic)?.sorted ?? [])
        : [seek.partition];
    for (const partition of partitions) {
      if (!undecided && !isOwned(state, topic, partition)) continue;
      // the latest one counts
      const others = state.seeks.filter((known) => known.topic !== topic || known.partition !== partition);
      state.seeks = [...others, { topic, partition, offset, cause: context.cause }];
    }
  }
}

/** A seek waits for this partition: what was fetched before it is stale. */
export function isSought({ seeks }: Consumer, { topic, partition }: Owned): boolean {
  return seeks.length > 0 && seeks.some((seek) => seek.topic === topic && seek.partition === partition);
}

/**
 * Carries out the waiting seeks, in the order of the partitions; true when one waits for its commit to be answered.
 * Without auto-commit the position just moves, and a negative offset becomes 0.
 */
export function seekNext(state: Consumer, context: Context): boolean {
  for (const owned of state.owned) {
    if (!isSought(state, owned)) continue;
    const { topic, partition } = owned;
    const seek = state.seeks.find((known) => known.topic === topic && known.partition === partition)!;
    state.seeks = state.seeks.filter((known) => known !== seek);
    const from = positionOf(owned);
    if (commitsByItself(state.options)) {
      // where a special offset leads is found out only when the offsets are asked for again
      if (seek.offset < 0) state.jumps.set(owned.address, { from, cause: seek.cause });
      else emitSought(state, owned, from, seek.offset, seek.cause, context);
      requestCommit(state, actors.seek, offsetOf(topic, partition, seek.offset), context);
      return true;
    }
    owned.resolved = Math.max(0, seek.offset);
    owned.handled = [];
    emitSought(state, owned, from, owned.resolved, seek.cause, context);
  }
  return false;
}

/** The sought offset is committed: the position is asked for anew, and so found there. */
export function seekCommitted(state: Consumer, topic: string, partition: number): void {
  const owned = state.owned.find((known) => known.topic === topic && known.partition === partition);
  if (owned) clearOffsets(owned);
}

/** The sought offset could not be committed: the position stays, and kafkajs has forgotten the seek. */
export function seekFailed(
  state: Consumer,
  topics: OffsetCommitRequest['topics'],
  { name, message }: Failure,
  context: Context,
): void {
  state.jumps.clear();
  for (const { name: topic, partitions } of topics) {
    for (const { partitionIndex, committedOffset } of partitions) {
      context.emit({
        is: SeekFailed,
        subject: `${state.options.broker}/${topic}/${partitionIndex}`,
        position: committedOffset,
        group: state.options.groupId,
        detail: `${name}: ${message}`,
      });
    }
  }
}
