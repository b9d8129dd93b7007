import type { Shape } from '../../kernel/shape';
import { legacyMurmur2, murmur2 } from '../../clients/kafka/murmur2';
import { shapesOf } from '../../stage/names';

/** Why a record lies in its partition, as far as its key tells. */
export type WhyHere =
  | { readonly by: 'nothing yet' }
  /** No key: its producer takes the partitions in turn. */
  | { readonly by: 'turn' }
  /** `hash` without its sign bit, modulo `partitions`, is `partition`. */
  | { readonly by: 'key'; readonly hash: number; readonly legacy: boolean; readonly partition: number; readonly partitions: number }
  /** Neither hash leads here: its producer named the partition, or there were fewer of them then. */
  | { readonly by: 'producer'; readonly partition: number }; // prettier-ignore

/**
 * Follows the rule of clients/kafka/partitioner.ts backwards: which of its branches leads to the partition the record is
 * in. `partitions`: how many the topic has.
 */
export function whyHere(key: string | null, partition: number | null, partitions: number): WhyHere {
  if (partition === null) return { by: 'nothing yet' };
  if (key === null) return { by: 'turn' };
  for (const [legacy, hash] of [[false, murmur2(key)], [true, legacyMurmur2(key)]] as const) {
    const positive = hash & 0x7fffffff;
    if (positive % partitions === partition) return { by: 'key', hash: positive, legacy, partition, partitions };
  } // prettier-ignore
  return { by: 'producer', partition };
}

/** How many partitions the topic of a lane has. */
export function partitionsOf(lane: string | null, shapes: readonly Shape[]): number {
  const lanes = shapesOf(shapes, 'lane');
  const place = lanes.find(({ address }) => address === lane)?.place;
  return Math.max(1, lanes.filter((one) => one.place === place).length);
}
