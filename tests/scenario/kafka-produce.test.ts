/** Stories of producing, with the real driver and the real broker (brokers.md E.1). */
import { expect, test } from 'vitest';
import { KafkaWorld } from '../helpers/kafka-world';

const keyed = (...keys: readonly string[]) => keys.map((key) => ({ key }));
const places = (world: KafkaWorld) => world.accepted.map((place) => Number(place.split('@')[0]));

test('K-01: keys go where murmur2 says, with three partitions and with six', () => {
  const keys = ['user-1', 'user-2', 'user-3', 'order-42', 'abc', ''];
  const partitionsOf = (partitions: number) =>
    keys.map((key) => places(new KafkaWorld({ partitions }).send({ key }).run(100))[0]);
  expect(partitionsOf(3)).toEqual([2, 2, 2, 0, 0, 0]);
  expect(partitionsOf(6)).toEqual([2, 2, 5, 0, 3, 3]);
});

test('K-04: an explicit partition wins over the key', () => {
  const world = new KafkaWorld({ partitions: 3 }).send({ key: 'user-1', partition: 0 }).run(100);
  expect(world.accepted).toEqual(['0@0']);
});

test('K-05: a record for a partition that does not exist vanishes, and the send is answered all the same', () => {
  const world = new KafkaWorld({ partitions: 3 }).send({ partition: 9 }).run(100);
  expect(world.answers).toEqual(['Published']);
  expect(world.accepted).toEqual([]);
});

test('K-07: offsets go on from send to send', () => {
  const world = new KafkaWorld({})
    .send(...keyed('a', 'b', 'c'))
    .run(100)
    .send(...keyed('d', 'e'))
    .run(100);
  expect(world.accepted).toEqual(['0@0', '0@1', '0@2', '0@3', '0@4']);
  expect(world.facts('confirmed').map(({ position }) => position)).toEqual([0, 1, 2, 3, 4]);
});

test('K-08: with acks 0 the send is answered before the record is in the log', () => {
  const world = new KafkaWorld({ producer: { acks: 0 } }).send({}).run(2.5);
  expect(world.answers).toEqual(['Published']);
  expect(world.accepted).toEqual([]);
  expect(world.run(100).accepted).toEqual(['0@0']);
  expect(world.facts('confirmed')).toEqual([]);
});

test('every record’s fact is caused by its publication, and its confirmation by that', () => {
  const world = new KafkaWorld({}).send(...keyed('a', 'b')).run(100);
  const [published, accepted, confirmed] = (['published', 'accepted', 'confirmed'] as const).map((kind) =>
    world.facts(kind),
  );
  expect(accepted.map(({ cause }) => cause)).toEqual(published.map(({ id }) => id));
  expect(confirmed.map(({ cause }) => cause)).toEqual(accepted.map(({ id }) => id));
});

test('records without a key take turns', () => {
  const world = new KafkaWorld({ partitions: 3 });
  for (let count = 0; count < 6; count++) world.send({ key: null }).run(50);
  const [first] = places(world);
  expect(places(world)).toEqual([0, 1, 2, 3, 4, 5].map((step) => (first + step) % 3));
});

test('an answer that is lost makes a second copy of the same message', () => {
  const world = new KafkaWorld({}).send({}).run(100);
  // the request gets through, the answer does not
  world
    .send({})
    .run(0.5)
    .act((it) => it.setExtraLatency('kafka', 'shop', 40_000_000));
  world
    .run(39_000)
    .act((it) => it.setExtraLatency('kafka', 'shop', 0))
    .run(60_000);
  const copies = world.facts('accepted').filter(({ message }) => message === 1);
  expect(copies.length).toBeGreaterThan(1);
  expect(world.facts('published')).toHaveLength(2);
  expect(world.answers).toEqual(['Published', 'Published']);
});

test('a broker that is down for a moment: the send waits for it', () => {
  const world = new KafkaWorld({}).send({}).run(100);
  world
    .act((it) => it.crash('kafka', 'power'))
    .run(50)
    .send({})
    .run(1000);
  expect(world.answers).toEqual(['Published']);
  world.act((it) => it.restart('kafka')).run(10_000);
  expect(world.answers).toEqual(['Published', 'Published']);
  expect(world.accepted).toEqual(['0@0', '0@1']);
});

test('a broker that stays down: the send fails after about nine seconds', () => {
  const world = new KafkaWorld({})
    .send({})
    .run(100)
    .act((it) => it.crash('kafka', 'power'))
    .send({})
    .run(30_000);
  expect(world.answers).toEqual(['Published', 'PublishFailed']);
  const [failed] = world.facts('failed', { type: 'SendFailed' });
  expect(failed.time).toBeGreaterThan(5_000_000);
  expect(failed.time).toBeLessThan(15_000_000);
});
