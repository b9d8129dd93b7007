/** The Java producer as a part of a lesson's process: a service publishes through it, time travel finds it as it was. */
import { describe, expect, test } from 'vitest';
import { Hasher } from '../../../src/kernel/hash';
import type { Kernel } from '../../../src/kernel/kernel';
import { ms } from '../../../src/kernel/time';
import { KafkaWorld } from '../../helpers/kafka-world';

const world = (producer: Record<string, unknown> = {}, partitions = 1) =>
  new KafkaWorld({ isJavaProducer: true, producer, partitions });

function hashOf(kernel: Kernel): string {
  const hasher = new Hasher();
  kernel.hashInto(hasher);
  return hasher.hex();
}

describe('a service that publishes through it', () => {
  test('is answered when all of its messages are acknowledged, each caused by what went before', () => {
    const it = world().run(50).send({ key: 'a' }, { key: 'b' }).run(100);
    expect(it.answers).toEqual(['Published']);
    const [published, accepted, confirmed] = (['published', 'accepted', 'confirmed'] as const).map((kind) =>
      it.facts(kind),
    );
    expect(accepted.map(({ cause }) => cause)).toEqual(published.map(({ id }) => id));
    expect(confirmed.map(({ cause }) => cause)).toEqual(accepted.map(({ id }) => id));
    expect(confirmed.map(({ position }) => position)).toEqual([0, 1]);
  });

  test('waits for linger.ms, and what comes meanwhile goes along', () => {
    // the first message of all waits for the topic's metadata, too
    const it = world({ 'linger.ms': 200 }).run(50).send({ key: 'first' }).run(600);
    expect(it.accepted).toEqual(['0@0']);
    it.send({ key: 'a' }).run(50).send({ key: 'b' }).run(140);
    expect(it.accepted).toEqual(['0@0']);
    expect(it.run(50).accepted).toEqual(['0@0', '0@1', '0@2']);
    expect(it.answers).toEqual(['Published', 'Published', 'Published']);
  });

  test('puts messages without a key on one partition, where another client takes turns', () => {
    const it = world({}, 3).run(50);
    for (let count = 0; count < 6; count++) it.send({ key: null }).run(50);
    expect(new Set(it.accepted.map((place) => place.split('@')[0])).size).toBe(1);
  });

  test('hears of a failure once, for the whole of what it published', () => {
    const it = world({ 'max.block.ms': 500 }).run(50).send({ partition: 9 }, { partition: 9 }).run(2000);
    expect(it.answers).toEqual(['PublishFailed']);
    expect(it.facts('failed')).toHaveLength(2);
  });

  test('writes each message once when the broker comes back from a crash', () => {
    const it = world({ 'request.timeout.ms': 1000 }).run(50).send({ key: 'a' }).run(50);
    it.act((those) => those.crash('kafka', 'power')).send({ key: 'b' }, { key: 'c' });
    it.run(3000).act((those) => those.restart('kafka'));
    expect(it.run(5000).accepted).toEqual(['0@0', '0@1', '0@2']);
  });
});

test('from every snapshot, replay equals the straight run', () => {
  const troubled = (): KafkaWorld => {
    const it = world({ 'request.timeout.ms': 500, 'linger.ms': 20, 'batch.size': 200 }, 2).run(20);
    for (let count = 0; count < 10; count++) it.send({ key: `k${count}` }).run(count === 5 ? 700 : 15);
    return it;
  };
  const { kernel } = troubled();
  const saved = [kernel.save()];
  const end = kernel.now + ms(10_000);
  while (!kernel.runUntil(end, kernel.eventCount + 3)) saved.push(kernel.save());
  const expected = hashOf(kernel);
  for (const snapshot of saved) {
    kernel.load(snapshot);
    kernel.runUntil(end);
    expect(hashOf(kernel)).toBe(expected);
  }
});
