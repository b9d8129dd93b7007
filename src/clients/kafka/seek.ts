/** `consumer.seek`: remembered at once, done before the next fetch. Source: kafkajs consumer/consumerGroup.js seekOffsets. */
import type { Context } from '../../kernel/machine';
import { actors, requestCommit } from './commit';
import { isOwned, positionOf, type Consumer, type Owned, type Phase } from './consumer-state';
import { clearOffsets, earliest, emitSought, offsetOf } from './offsets';

/** Moves the position of one partition or of all. −1 and −2 mean "by the reset policy" (see offsets.ts). */
export interface Seek {
  readonly type: 'Seek';
  /** Default: every subscribed topic. */
  readonly topic?: string | null;
  /** Default: every partition. */
  readonly partition?: number | null;
  readonly offset: number;
}

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
    if (state.options.autoCommit) {
      state.jumps.set(owned.address, { from: positionOf(owned), cause: seek.cause });
      requestCommit(state, actors.seek, offsetOf(topic, partition, seek.offset), context);
      return true;
    }
    const from = positionOf(owned);
    owned.resolved = Math.max(0, seek.offset);
    owned.handled = [];
    emitSought(state, owned, from, owned.resolved, seek.cause, context);
  }
  return false;
}

/** The sought offset is committed: the position is asked for anew, and known at once unless it was a special one. */
export function seekCommitted(
  state: Consumer,
  topic: string,
  partition: number,
  offset: number,
  context: Context,
): void {
  const owned = state.owned.find((known) => known.topic === topic && known.partition === partition);
  if (!owned) return;
  clearOffsets(owned);
  const jump = state.jumps.get(owned.address);
  if (offset < 0 || !jump) return;
  state.jumps.delete(owned.address);
  emitSought(state, owned, jump.from, offset, jump.cause, context);
}
