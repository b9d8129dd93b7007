/** Stories of groups of Java consumers that poll, hand over and poll again beside a handler, with the real broker. */
import { describe, expect, test } from 'vitest';
import { Hasher } from '../../src/kernel/hash';
import { ms } from '../../src/kernel/time';
import { KafkaWorld, type ReaderSpec } from '../helpers/kafka-world';

const cooperative = { 'partition.assignment.strategy': 'CooperativeStickyAssignor' };
const manual = { 'enable.auto.commit': false };
const java = (name: string, spec: Partial<ReaderSpec> = {}): ReaderSpec => ({ name, isJava: true, ...spec });
const group = (partitions: number, ...readers: readonly ReaderSpec[]) =>
  new KafkaWorld({ partitions, readers });

test('a record is handed over once, and committed when the poll it came with is done', () => {
  const world = group(1, java('a', { options: manual })).run(5000);
  world.send({}, {}, {}).run(2000);
  expect(world.invocations('a')).toEqual(['0@0', '0@1', '0@2']);
  expect(world.facts('delivered')).toHaveLength(3);
  expect(world.committed()).toEqual({ 0: 3 });
});

test('by default what was polled is committed within a later poll, every five seconds', () => {
  const world = group(1, java('a')).run(6000);
  world.send({}).run(1000);
  expect(world.committed()).toEqual({ 0: 0 });
  world.run(6000);
  expect(world.committed()).toEqual({ 0: 1 });
});

test('auto-commit commits what earlier polls gave out: a crash repeats what the handler has in hand', () => {
  const handler = { takesMs: 4000 };
  const options = { 'auto.commit.interval.ms': 1000, 'max.poll.records': 1 };
  const world = group(1, java('a', { handler, options })).run(2000);
  world.send({}, {}).run(500);
  world.run(4000);
  // the second record is in the handler’s hands; the poll that gave it out committed the first
  expect(world.committed()).toEqual({ 0: 1 });
  world.act((it) => it.takeDown('a', null)).act((it) => it.restart('a'));
  world.run(60_000);
  expect(world.invocations('a')).toEqual(['0@0', '0@1', '0@1']);
  expect(world.facts('redelivered')).toHaveLength(1);
});

test('a handler that throws is given its record again, and those behind it once', () => {
  const handler = { throws: { '0@1': 1 } };
  const world = group(1, java('a', { handler, options: manual })).run(3000);
  world.send({}, {}, {}).run(5000);
  expect(world.invocations('a')).toEqual(['0@0', '0@1', '0@1', '0@2']);
  expect(world.committed()).toEqual({ 0: 3 });
});

test('a handler that takes longer than max.poll.interval.ms is put out of the group, and another reads it again', () => {
  const options = { ...manual, 'max.poll.interval.ms': 3000 };
  const slow = java('slow', { options, handler: { slow: { '0@0': 20_000 } } });
  const world = group(1, slow, java('other', { options: manual })).run(1000);
  world.act((it) => it.takeDown('other', null)).run(60_000);
  world.send({}).run(1000);
  world.act((it) => it.restart('other')).run(10_000);
  expect(world.invocations('other')).toEqual(['0@0']);
  expect(world.owns('other')).toEqual([0]);
});

describe('a second member joins', () => {
  const joined = (options: Readonly<Record<string, unknown>>) => {
    const world = group(4, java('a', { options }), java('b', { options }));
    world.act((it) => it.takeDown('b', null)).run(10_000);
    const before = world.owns('a');
    world.act((it) => it.restart('b')).run(20_000);
    const rebalances = world.facts('rebalanced', { type: 'GroupRebalanced' });
    return { world, before, last: rebalances.slice(-2).map(({ detail }) => detail) };
  };

  test('with an eager assignor in one generation', () => {
    const { world, before, last } = joined({});
    expect(before).toEqual([0, 1, 2, 3]);
    expect([world.owns('a'), world.owns('b')]).toEqual([[0, 1], [2, 3]]); // prettier-ignore
    expect(last).toEqual(['a:0,1,2,3', 'a:0,1 b:2,3']);
  });

  test('with a cooperative one in two: first the old member gives up its part', () => {
    const { world, last } = joined(cooperative);
    expect([world.owns('a'), world.owns('b')]).toEqual([[0, 1], [2, 3]]); // prettier-ignore
    expect(last).toEqual(['a:0,1 b:', 'a:0,1 b:2,3']);
  });
});

test('a static member that comes back in time has its partitions, and nobody else hears of it', () => {
  const named = (name: string) =>
    java(name, { options: { 'group.instance.id': name, 'session.timeout.ms': 10_000 } });
  const world = group(2, named('a'), named('b')).run(10_000);
  const shares = [world.owns('a'), world.owns('b')];
  const count = world.facts('rebalanced', { type: 'GroupRebalanced' }).length;
  world.act((it) => it.takeDown('b', null)).run(3000);
  world.act((it) => it.restart('b')).run(10_000);
  expect([world.owns('a'), world.owns('b')]).toEqual(shares);
  expect(world.facts('rebalanced', { type: 'GroupRebalanced' })).toHaveLength(count);
  expect(world.facts('rebalanced', { type: 'MemberReplaced' })).toHaveLength(1);
});

test('pause and resume: nothing is handed over meanwhile, and the membership stays', () => {
  const world = group(1, java('a')).run(3000);
  world.tell('a', { type: 'Pause' }).send({}).run(100_000);
  expect(world.invocations('a')).toEqual([]);
  expect(world.owns('a')).toEqual([0]);
  world.tell('a', { type: 'Resume' }).run(3000);
  expect(world.invocations('a')).toEqual(['0@0']);
});

test('a seek to the beginning reads everything again', () => {
  const world = group(1, java('a', { options: manual })).run(3000);
  world.send({}, {}).run(3000);
  world.tell('a', { type: 'Seek', offset: -2 }).run(3000);
  expect(world.invocations('a')).toEqual(['0@0', '0@1', '0@0', '0@1']);
});

test('a new group may begin so long ago: by_duration', () => {
  const options = { 'auto.offset.reset': 'by_duration:PT10S' };
  const world = group(1, java('a', { options }));
  world.act((it) => it.takeDown('a', null)).run(1000);
  world.send({}).run(15_000).send({}).run(1000);
  world.act((it) => it.restart('a')).run(5000);
  expect(world.invocations('a')).toEqual(['0@1']);
});

test('a program without a place to begin ends, as its poll throws', () => {
  const world = group(1, java('a', { options: { 'auto.offset.reset': 'none' } })).run(5000);
  const [{ detail }] = world.facts('failed', { type: 'ConsumerCrashed' });
  expect(detail).toMatch(/^NoOffsetForPartitionException: /);
  expect(world.owns('a')).toEqual([]);
});

test('a consumer that is stopped commits what it polled and leaves', () => {
  const world = group(2, java('a'), java('b')).run(10_000);
  world.send({ partition: 0 }, { partition: 1 }).run(500);
  world.tell('b', { type: 'Stop' }).run(5000);
  expect(world.owns('a')).toEqual([0, 1]);
  expect(world.committed()[1]).toBe(1);
});

test('going back to any instant and on from there is the straight run, through rebalances, commits and a crash', () => {
  const handler = { takesMs: 30 };
  const readers = ['a', 'b', 'c'].map((name) =>
    java(name, { handler, options: { ...cooperative, ...manual, 'session.timeout.ms': 6000 } }),
  );
  const world = group(4, ...readers).run(2000);
  for (let partition = 0; partition < 4; partition++) world.send({ partition }, { partition });
  world.run(100).act((it) => it.crash('b', 'killed'));
  world.act((it) => it.restart('b')).run(1);
  const { kernel } = world;
  const end = ms(30_000);
  const saved = [kernel.save()];
  while (!kernel.runUntil(end, kernel.eventCount + 25)) saved.push(kernel.save());
  const hash = (): string => {
    const hasher = new Hasher();
    kernel.hashInto(hasher);
    return hasher.hex();
  };
  const expected = hash();
  expect(saved.length).toBeGreaterThan(5);
  for (const snapshot of saved) {
    kernel.load(snapshot);
    kernel.runUntil(end);
    expect(hash()).toBe(expected);
  }
});
