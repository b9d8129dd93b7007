import { describe, expect, test } from 'vitest';
import { fc, test as property } from '@fast-check/vitest';
import { legacyMurmur2, murmur2 } from '../../../src/clients/kafka/murmur2';
import { partitionFor, type Counters, type Partitions } from '../../../src/clients/kafka/partitioner';
import { seeded } from '../../helpers/transition';
import { realDefaultPartitioner, realLegacyMurmur2, realLegacyPartitioner, realMurmur2 } from './kafkajs';

const partitions = (count: number, without: readonly number[] = []): Partitions => {
  const indexes = Array.from({ length: count }, (_, index) => index);
  return { indexes, available: indexes.filter((index) => !without.includes(index)) };
};

/** A partitioner in use: one topic, counters that live as long as the producer. */
function partitioner(count: number, without: readonly number[] = []) {
  const counters: Counters = new Map();
  const random = seeded(1);
  return (key: string | null, partition: number | null = null) =>
    partitionFor('DefaultPartitioner', { key, partition }, 't', partitions(count, without), counters, () =>
      random('partitioner'),
    );
}

describe('murmur2', () => {
  // brokers.md A2; the first six are Kafka's own UtilsTest.testMurmur2
  const vectors = [
    ['21', -973932308, 0, 0, 2],
    ['foobar', -790332482, 0, 0, 5],
    ['a-little-bit-long-string', -985981536, 2, 2, 2],
    ['a-little-bit-longer-string', -1486304829, 2, 5, 5],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971, 2, 5, 5],
    ['abc', 479470107, 0, 3, 5],
    ['', 275646681, 0, 3, 0],
    ['user-1', 1404122828, 2, 2, 1],
    ['user-2', -324981792, 2, 2, 3],
    ['user-3', 1141442267, 2, 5, 3],
    ['order-42', 501153024, 0, 0, 3],
    ['key', -1079937367, 1, 1, 5],
    ['a', -1563381124, 1, 4, 1],
    ['b', -1853091852, 2, 2, 0],
    ['c', -1877468854, 1, 4, 5],
  ] as const;

  test.each(vectors)('hashes "%s" as Java does', (key, hash, of3, of6, legacyOf6) => {
    expect(murmur2(key)).toBe(hash);
    expect((murmur2(key) & 0x7fffffff) % 3).toBe(of3);
    expect((murmur2(key) & 0x7fffffff) % 6).toBe(of6);
    expect((legacyMurmur2(key) & 0x7fffffff) % 6).toBe(legacyOf6);
  });

  property.prop([fc.string({ unit: 'binary', maxLength: 60 })])('agrees with kafkajs on any key', (key) => {
    expect(murmur2(key)).toBe(realMurmur2(key));
    expect(legacyMurmur2(key)).toBe(realLegacyMurmur2(key));
  });
});

describe('the default partitioner', () => {
  test('K-01: a key goes to the same partition for ever, and elsewhere when partitions are added', () => {
    const keys = ['user-1', 'user-2', 'user-3', 'order-42', 'abc', ''];
    expect(keys.map((key) => partitioner(3)(key))).toEqual([2, 2, 2, 0, 0, 0]);
    expect(keys.map((key) => partitioner(6)(key))).toEqual([2, 2, 5, 0, 3, 3]);
  });

  test('K-04: an explicit partition wins over the key', () => {
    expect(partitioner(3)('user-1', 0)).toBe(0);
  });

  test('K-05: an explicit partition is not checked', () => {
    expect(partitioner(3)('user-1', 9)).toBe(9);
  });

  test('messages without a key go round the partitions from a random start', () => {
    const choose = partitioner(3);
    const [first, ...rest] = Array.from({ length: 6 }, () => choose(null));
    expect(rest).toEqual([1, 2, 3, 4, 5].map((step) => (first + step) % 3));
  });

  test('messages without a key pass over partitions without a leader, keyed ones do not', () => {
    const choose = partitioner(3, [1]);
    expect(new Set(Array.from({ length: 6 }, () => choose(null)))).toEqual(new Set([0, 2]));
    expect(partitioner(3, [2])('user-1')).toBe(2);
  });

  test('without any leader it goes round all partitions', () => {
    const choose = partitioner(3, [0, 1, 2]);
    expect(new Set(Array.from({ length: 6 }, () => choose(null)))).toEqual(new Set([0, 1, 2]));
  });

  property.prop([fc.string(), fc.integer({ min: 1, max: 40 })])(
    'places keys as kafkajs does',
    (key, count) => {
      const partitionMetadata = partitions(count).indexes.map((partitionId) => ({ partitionId, leader: 1 }));
      const call = { topic: 't', partitionMetadata, message: { key } };
      expect(partitioner(count)(key)).toBe(realDefaultPartitioner()(call));
    },
  );
});

describe('the legacy partitioner', () => {
  test('K-02: sends keys where kafkajs before 2.0 did', () => {
    const keys = ['user-1', 'user-2', 'user-3', 'order-42', 'abc', ''];
    const chosen = keys.map((key) =>
      partitionFor('LegacyPartitioner', { key, partition: null }, 't', partitions(6), new Map(), () =>
        seeded(1)('partitioner'),
      ),
    );
    expect(chosen).toEqual([1, 3, 3, 3, 5, 0]);
    const partitionMetadata = partitions(6).indexes.map((partitionId) => ({ partitionId, leader: 1 }));
    expect(
      keys.map((key) => realLegacyPartitioner()({ topic: 't', partitionMetadata, message: { key } })),
    ).toEqual(chosen);
  });
});
