/** Stories of where a group reads on, with the real drivers and the real broker (brokers.md E.1). */
import { describe, expect, test } from 'vitest';
import { KafkaWorld, type ReaderSpec } from '../helpers/kafka-world';

const world = (reader: Omit<ReaderSpec, 'name'> = {}, partitions = 1) =>
  new KafkaWorld({ partitions, readers: [{ name: 'a', ...reader }] });
const letters = (count: number) => Array.from({ length: count }, () => ({ key: 'mug' }));
const offsets = (places: readonly string[]) => places.map((place) => Number(place.split('@')[1]));
const crash = (it: { crash(process: string, reason: string): void }) => it.crash('a', 'test');

test('reading does not delete: a second group gets everything, whatever the first has read', () => {
  const both = new KafkaWorld({ readers: [{ name: 'a' }, { name: 'b', group: 'h' }] });
  both.send(...letters(5)).run(20_000);
  expect(both.invocations('a')).toEqual(both.invocations('b'));
  expect(both.invocations('a')).toHaveLength(5);
  expect(both.accepted).toHaveLength(5);
});

test('K-31: a commit beats fromBeginning', () => {
  const reading = world({ restartAfterMs: 100 })
    .send(...letters(2))
    .run(20_000);
  expect(reading.committed()).toEqual({ 0: 2 });
  reading
    .act(crash)
    .send(...letters(3))
    .run(60_000);
  expect(offsets(reading.invocations('a'))).toEqual([0, 1, 2, 3, 4]);
});

test('K-32: what is produced between two lives of a reader at the end that never committed is skipped', () => {
  const reading = world({ options: { fromBeginning: false } })
    .run(20_000)
    .tell('a', { type: 'Stop' })
    .run(10_000);
  reading.send({ key: 'x' }).run(1000);
  reading
    .act((it) => it.takeDown('a', null))
    .act((it) => it.restart('a'))
    .run(20_000);
  reading.send({ key: 'y' }).run(10_000);
  expect(offsets(reading.invocations('a'))).toEqual([1]);
});

describe('a handler that throws', () => {
  test('K-34: once: the same message again after a while, and nothing is skipped', () => {
    const reading = world({ handler: { throws: { '0@2': 1 } } })
      .send(...letters(3))
      .run(4000);
    expect(offsets(reading.invocations('a'))).toEqual([0, 1, 2, 2]);
    const commits = reading.facts('settled').map(({ position }) => position);
    expect(commits).toEqual([2, 3]);
    const [, , first, second] = reading.invokedAt('a');
    expect(second - first).toBeGreaterThan(240);
    expect(second - first).toBeLessThan(400);
  });

  /** Until the client has crashed `count` times. */
  const crashes = (reading: KafkaWorld, count: number) => {
    while (reading.facts('failed', { type: 'ConsumerCrashed' }).length < count) reading.run(100);
    return reading;
  };

  test('K-35: always: six times, a crash of the client, and the same again after it', () => {
    const reading = crashes(world({ handler: { throws: { '0@1': 99 } } }).send(...letters(3)), 1);
    expect(offsets(reading.invocations('a'))).toEqual([0, 1, 1, 1, 1, 1, 1]);
    expect(reading.facts('failed', { type: 'ConsumerCrashed' })).toMatchObject([
      { amount: 1, detail: 'KafkaJSNumberOfRetriesExceeded: Error: thrown' },
    ]);
    expect(reading.committed()).toEqual({ 0: 1 });
    crashes(reading, 2);
    expect(offsets(reading.invocations('a'))).toEqual([0, ...Array.from({ length: 12 }, () => 1)]);
    expect(reading.committed()).toEqual({ 0: 1 });
  });

  test('K-67: two messages that fail three times each use up one budget', () => {
    const throws = { '0@0': 3, '0@1': 3 };
    const reading = crashes(world({ handler: { throws } }).send(...letters(2)), 1);
    expect(offsets(reading.invocations('a'))).toEqual([0, 0, 0, 0, 1, 1, 1]);
  });
});

test('K-37: without auto-commit a new life begins where the last one began', () => {
  const reading = world({ options: { autoCommit: false }, restartAfterMs: 100 })
    .send(...letters(3))
    .run(20_000);
  reading.act(crash).run(60_000);
  expect(offsets(reading.invocations('a'))).toEqual([0, 1, 2, 0, 1, 2]);
  expect(reading.facts('redelivered')).toHaveLength(3);
});

describe('K-40: seeking beyond the end', () => {
  const seek = { type: 'Seek', topic: 't', partition: 0, offset: 100 };

  test('with fromBeginning it starts over', () => {
    const reading = world()
      .send(...letters(5))
      .run(20_000)
      .tell('a', seek)
      .run(20_000);
    expect(offsets(reading.invocations('a'))).toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
  });

  test('without it, it waits at the end', () => {
    const reading = world({ options: { fromBeginning: false } })
      .run(20_000)
      .send(...letters(5))
      .run(10_000);
    reading
      .tell('a', seek)
      .run(20_000)
      .send(...letters(1))
      .run(10_000);
    expect(offsets(reading.invocations('a'))).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

test('seeking back reads again, for this group alone; the log does not grow', () => {
  const both = new KafkaWorld({ readers: [{ name: 'a' }, { name: 'b', group: 'h' }] });
  both
    .send(...letters(5))
    .run(20_000)
    .tell('a', { type: 'Seek', topic: 't', partition: 0, offset: 2 })
    .run(20_000);
  expect(offsets(both.invocations('a'))).toEqual([0, 1, 2, 3, 4, 2, 3, 4]);
  expect(offsets(both.invocations('b'))).toEqual([0, 1, 2, 3, 4]);
  expect(both.facts('sought')).toMatchObject([{ subject: 'kafka/t/0', position: 2, amount: 5, group: 'g' }]);
  expect(both.facts('redelivered').map(({ position }) => position)).toEqual([2, 3, 4]);
  expect(both.accepted).toHaveLength(5);
  expect(both.committed('g')).toEqual({ 0: 5 });
});

test('K-43: a pause in the handler takes effect after its message, and nothing is lost on resuming', () => {
  const reading = world({ handler: { pausesAt: '0@1' } })
    .send(...letters(4))
    .run(30_000);
  expect(offsets(reading.invocations('a'))).toEqual([0, 1]);
  expect(reading.committed()).toEqual({ 0: 2 });
  reading.tell('a', { type: 'Resume' }).run(10_000);
  expect(offsets(reading.invocations('a'))).toEqual([0, 1, 2, 3]);
  // heartbeats went on: nobody was put out of the group
  expect(reading.facts('rebalanced').length).toBeLessThanOrEqual(2);
});

describe('a crash between the steps of work', () => {
  /** Three messages of 100 ms each; the process breaks before `step` and is back a second later. */
  const broken = (step: string, nth = 1) => {
    const reading = world({
      restartAfterMs: 1000,
      options: { sessionTimeout: 6000 },
      handler: { takesMs: 100 },
    });
    reading.run(5000).act((it) => it.pin('a', step, nth));
    return reading.send(...letters(3)).run(60_000);
  };

  test('before the commit: what was applied is applied again', () => {
    const reading = broken('commit');
    expect(offsets(reading.invocations('a'))).toEqual([0, 1, 2, 0, 1, 2]);
    expect(reading.facts('redelivered').map(({ position }) => position)).toEqual([0, 1, 2]);
    expect(reading.committed()).toEqual({ 0: 3 });
  });

  test('after the commit: nothing is repeated', () => {
    const reading = broken('committed');
    expect(offsets(reading.invocations('a'))).toEqual([0, 1, 2]);
    expect(reading.facts('redelivered')).toEqual([]);
  });
});
