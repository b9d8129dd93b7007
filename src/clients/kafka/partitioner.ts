/**
 * Which partition a message goes to. kafkajs's two partitioners; Java's differs for messages without a key: it stays
 * on one random partition until a batch is full (KIP-480, KIP-794), so its low-rate traffic clumps where this spreads.
 */
import type { Random } from '../../kernel/random';
import { legacyMurmur2, murmur2 } from './murmur2';

export type PartitionerName = 'DefaultPartitioner' | 'LegacyPartitioner';

/** The partitions of a topic in the order of the metadata, and those among them that have a leader. */
export interface Partitions {
  readonly indexes: readonly number[];
  readonly available: readonly number[];
}

/** One round-robin counter per topic, as kafkajs keeps them for the life of a producer. */
export type Counters = Map<string, number>;

/** What the partitioner looks at in a message. */
export interface Placing {
  readonly partition: number | null;
  readonly key: string | null;
}

/**
 * Explicit partition, else hash of the key over all partitions, else round robin over those with a leader, from a
 * random start. An explicit number is not checked: a partition that does not exist is the caller's problem (K-05).
 * Source: kafkajs producer/partitioners/legacy/partitioner.js, which both partitioners share.
 */
export function partitionFor(
  name: PartitionerName,
  { partition, key }: Placing,
  topic: string,
  partitions: Partitions,
  counters: Counters,
  random: () => Random,
): number {
  if (partition !== null) return partition;
  const count = partitions.indexes.length;
  if (key !== null)
    return positive(name === 'DefaultPartitioner' ? murmur2(key) : legacyMurmur2(key)) % count;
  const counter = (counters.get(topic) ?? random().bits()) + 1;
  counters.set(topic, counter);
  const { available } = partitions;
  if (available.length === 0) return positive(counter) % count;
  return available[positive(counter) % available.length];
}

/** Java's and kafkajs's way to a positive number: drop the sign bit, which is not the absolute value. */
function positive(value: number): number {
  return value & 0x7fffffff;
}
