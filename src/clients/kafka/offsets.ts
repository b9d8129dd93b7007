/**
 * Where to begin: the group's committed offset, else what the reset policy says. "Latest" is found out at the first
 * fetch and committed by nobody until a batch has been processed (K-32). Source: kafkajs offsetManager/index.js
 * resolveOffsets, setDefaultOffset; cluster/index.js fetchTopicsOffset.
 */
import type { ListOffsetsResponse, OffsetFetchResponse } from '../../brokers/kafka/protocol';
import { factType } from '../../kernel/fact';
import type { Context } from '../../kernel/machine';
import { ask, clientIdOf, hostOf, nextCorrelationId } from './cluster';
import { actors, requestCommit } from './commit';
import { positionOf, unknown, type Consumer, type Owned } from './consumer-state';
import { protocolFailure, type Failure } from './failure';

/** Special timestamps of ListOffsets, which kafkajs also commits as offsets when it means "wherever that is". */
export const latest = -1;
export const earliest = -2;

const Sought = factType('sought', 'PositionSought');
const OutOfRange = factType('failed', 'OffsetOutOfRange');

/** Asks the coordinator for the offsets that are not known; false when all are. */
export function loadOffsets(state: Consumer, context: Context): boolean {
  const missing = state.owned.filter(({ committed }) => committed === unknown);
  if (missing.length === 0) return false;
  const { cluster } = state;
  const topics = [...byTopic(missing)].map(([name, owned]) => ({
    name,
    partitionIndexes: owned.map(({ partition }) => partition),
  }));
  ask(cluster, context, state.coordinator, {
    type: 'OffsetFetchRequest',
    correlationId: nextCorrelationId(cluster),
    clientId: clientIdOf(cluster, context),
    groupId: state.options.groupId,
    topics,
  });
  return true;
}

/** Takes the committed offsets in. An offset below zero is none, whatever a seek has written there. */
export function learnCommitted(
  state: Consumer,
  response: OffsetFetchResponse,
  context: Context,
): Failure | null {
  if (response.errorCode !== 'NONE') return protocolFailure(response.errorCode);
  for (const { name, partitions } of response.topics) {
    for (const { partitionIndex, committedOffset, errorCode } of partitions) {
      if (errorCode !== 'NONE') return protocolFailure(errorCode);
      if (committedOffset >= 0) settleAt(state, name, partitionIndex, committedOffset, context);
    }
  }
  return null;
}

/**
 * Asks the leaders for the end or the beginning of every partition without a committed offset; false when there is
 * none. What a seek to −1 or −2 asked for does not matter here: kafkajs goes by `fromBeginning`.
 */
export function listOffsets(state: Consumer, context: Context): boolean {
  const missing = state.owned.filter(({ committed }) => committed === unknown);
  const { cluster, options } = state;
  const timestamp = options.fromBeginning ? earliest : latest;
  for (const [host, ofHost] of byHost(state, missing)) {
    const topics = [...byTopic(ofHost)].map(([name, owned]) => ({
      name,
      partitions: owned.map(({ partition }) => ({ partitionIndex: partition, timestamp })),
    }));
    ask(cluster, context, host, {
      type: 'ListOffsetsRequest',
      correlationId: nextCorrelationId(cluster),
      clientId: clientIdOf(cluster, context),
      isolationLevel: options.isolationLevel,
      topics,
    });
  }
  return missing.length > 0;
}

/** Takes the ends or beginnings in. */
export function learnListed(
  state: Consumer,
  response: ListOffsetsResponse,
  context: Context,
): Failure | null {
  for (const { name, partitions } of response.topics) {
    for (const { partitionIndex, errorCode, offset } of partitions) {
      if (errorCode !== 'NONE') return protocolFailure(errorCode);
      settleAt(state, name, partitionIndex, offset, context);
    }
  }
  return null;
}

/** The position is not in the log: commits the policy's sentinel, so that the next fetch asks anew (setDefaultOffset). */
export function resetOffset(state: Consumer, owned: Owned, context: Context): void {
  const offset = state.options.fromBeginning ? earliest : latest;
  context.emit({
    is: OutOfRange,
    subject: owned.address,
    position: positionOf(owned),
    group: state.options.groupId,
    detail: `OFFSET_OUT_OF_RANGE: reset to ${state.options.fromBeginning ? 'earliest' : 'latest'}`,
  });
  const { topic, partition } = owned;
  requestCommit(state, actors.reset, offsetOf(topic, partition, offset), context);
}

/** Forgets what is known about a partition's offsets: the next fetch asks the coordinator (clearOffsets). */
export function clearOffsets(owned: Owned): void {
  owned.committed = unknown;
  owned.resolved = unknown;
  owned.handled = [];
}

export function offsetOf(topic: string, partition: number, offset: number) {
  return [{ name: topic, partitions: [{ partitionIndex: partition, committedOffset: offset }] }];
}

/** The position of a member of the group was moved by hand: from `from` to `to`. */
export function emitSought(
  state: Consumer,
  { address }: Owned,
  from: number,
  to: number,
  cause: number,
  context: Context,
): void {
  const group = state.options.groupId;
  context.emit({ is: Sought, subject: address, position: to, amount: from, group, cause });
}

function settleAt(state: Consumer, name: string, index: number, offset: number, context: Context): void {
  const owned = state.owned.find(({ topic, partition }) => topic === name && partition === index);
  if (!owned || owned.committed !== unknown) return;
  owned.committed = offset;
  const jump = state.jumps.get(owned.address);
  if (!jump) return;
  state.jumps.delete(owned.address);
  emitSought(state, owned, jump.from, offset, jump.cause, context);
}

function byTopic(owned: readonly Owned[]): Map<string, Owned[]> {
  return grouped(owned, ({ topic }) => topic);
}

/** By the process that leads them. */
export function byHost({ cluster }: Consumer, owned: readonly Owned[]): Map<string, Owned[]> {
  return grouped(owned, ({ topic, partition }) => {
    return hostOf(cluster, cluster.metadata.get(topic)?.leaders[partition] ?? unknown);
  });
}

function grouped(owned: readonly Owned[], nameOf: (owned: Owned) => string): Map<string, Owned[]> {
  const groups = new Map<string, Owned[]>();
  for (const one of owned) {
    const name = nameOf(one);
    const known = groups.get(name);
    if (known) known.push(one);
    else groups.set(name, [one]);
  }
  return groups;
}
