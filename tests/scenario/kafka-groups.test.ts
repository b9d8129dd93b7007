/** Stories of sharing work, with the real drivers and the real broker (brokers.md E.1). */
import { describe, expect, test } from 'vitest';
import { KafkaWorld, type ReaderSpec } from '../helpers/kafka-world';

const group = (partitions: number, ...readers: readonly ReaderSpec[]) =>
  new KafkaWorld({ partitions, readers });
const session = { sessionTimeout: 10_000 };

test('K-46: two members share four partitions, each every other one', () => {
  const world = group(4, { name: 'a' }, { name: 'b' }).run(30_000);
  const shares = [world.owns('a'), world.owns('b')].sort((x, y) => x[0] - y[0]);
  expect(shares).toEqual([
    [0, 2],
    [1, 3],
  ]);
});

test('K-46: with Java’s range, each a half', () => {
  const options = { partitionAssigners: 'range' };
  const world = group(4, { name: 'a', options }, { name: 'b', options }).run(30_000);
  const shares = [world.owns('a'), world.owns('b')].sort((x, y) => x[0] - y[0]);
  expect(shares).toEqual([
    [0, 1],
    [2, 3],
  ]);
});

test('K-47: a member too many has nothing to do', () => {
  const world = group(2, { name: 'a' }, { name: 'b' }, { name: 'c' }).run(60_000);
  const counts = ['a', 'b', 'c'].map((name) => world.owns(name).length).sort((x, y) => x - y);
  expect(counts).toEqual([0, 1, 1]);
});

test('a member that comes later takes its share at the next heartbeats', () => {
  const world = group(4, { name: 'a' }, { name: 'b' });
  world.act((it) => it.takeDown('b', null)).run(30_000);
  expect(world.owns('a')).toEqual([0, 1, 2, 3]);
  world.act((it) => it.restart('b')).run(30_000);
  expect(world.owns('a')).toHaveLength(2);
  expect(world.owns('b')).toHaveLength(2);
});

test('a member that leaves in good order is replaced without waiting for its session', () => {
  const world = group(2, { name: 'a', options: session }, { name: 'b', options: session }).run(30_000);
  world.tell('b', { type: 'Stop' }).run(9000);
  expect(world.owns('a')).toEqual([0, 1]);
});

describe('K-49: a member crashes', () => {
  const crashed = () => {
    const options = { ...session, maxWaitTimeInMs: 1000 };
    const handler = { takesMs: 50 };
    const world = group(2, { name: 'a', options, handler }, { name: 'b', options, handler }).run(30_000);
    const orphan = world.owns('b')[0];
    for (let count = 0; count < 4; count++) world.send({ partition: orphan }).run(20);
    // it has applied something and is just about to commit
    world.act((it) => it.pin('b', 'commit', 1)).run(1000);
    return { world, orphan, at: world.facts('crashed')[0].time };
  };

  test('its partitions have a new owner when its session is over, and not before', () => {
    const { world, orphan, at } = crashed();
    expect(at).toBeGreaterThan(0);
    world.run(8000);
    expect(world.owns('a')).not.toContain(orphan);
    world.run(8000);
    expect(world.owns('a')).toEqual([0, 1]);
  });

  test('what it applied and did not commit is given to the new owner, and nothing is lost', () => {
    const { world, orphan } = crashed();
    world.run(20_000);
    const given = (name: string) => world.invocations(name).filter((place) => place.startsWith(`${orphan}@`));
    const all = [0, 1, 2, 3].map((offset) => `${orphan}@${offset}`);
    expect(new Set([...given('a'), ...given('b')])).toEqual(new Set(all));
    const repeated = given('b').filter((place) => given('a').includes(place));
    expect(repeated.length).toBeGreaterThan(0);
    expect(world.facts('redelivered', { process: 'a' })).toHaveLength(repeated.length);
    expect(world.committed()[orphan]).toBe(4);
  });
});

describe('K-50: a handler slower than the session', () => {
  test('loses its membership, commits nothing of it, and the message comes again', () => {
    const handler = { slow: { '0@0': 15_000 } };
    const world = group(1, { name: 'a', options: session, handler }).run(5000).send({}).run(14_000);
    expect(world.invocations('a')).toEqual(['0@0']);
    world.run(60_000);
    expect(world.invocations('a').length).toBeGreaterThanOrEqual(2);
    expect(world.facts('settled')).toEqual([]);
  });

  test('a second member gets the message meanwhile', () => {
    const handler = { slow: { '0@0': 15_000 } };
    const second = { name: 'b', options: { ...session, maxWaitTimeInMs: 1000 } };
    const world = group(1, { name: 'a', options: session, handler }, second).run(30_000);
    // member ids begin with the client's name, so the one partition is a's
    expect(world.owns('a')).toEqual([0]);
    world.send({}).run(60_000);
    expect(world.invocations('a')[0]).toBe('0@0');
    expect(world.invocations('b')).toContain('0@0');
    expect(world.committed()).toEqual({ 0: 1 });
  });
});

test('a broker that is restarted keeps log and commits: the group reads on', () => {
  const world = group(1, { name: 'a' }).send({}, {}).run(20_000);
  world
    .act((it) => it.crash('kafka', 'power'))
    .run(2000)
    .act((it) => it.restart('kafka'))
    .run(60_000);
  world.send({}).run(30_000);
  expect(world.invocations('a')).toEqual(['0@0', '0@1', '0@2']);
  expect(world.committed()).toEqual({ 0: 3 });
});

test('a link that is cut for longer than the session: another reads on, and nothing is lost or skipped', () => {
  const options = { ...session, maxWaitTimeInMs: 1000 };
  const world = group(2, { name: 'a', options }, { name: 'b', options }).run(30_000);
  world.act((it) => it.cut('b', 'kafka'));
  for (let count = 0; count < 20; count++) world.send({ partition: count % 2 }).run(500);
  world
    .run(20_000)
    .act((it) => it.heal('b', 'kafka'))
    .run(60_000);
  const all = new Set([...world.invocations('a'), ...world.invocations('b')]);
  expect(all.size).toBe(20);
  expect(world.committed()).toEqual({ 0: 10, 1: 10 });
  expect([...world.owns('a'), ...world.owns('b')].sort((x, y) => x - y)).toEqual([0, 1]);
});
