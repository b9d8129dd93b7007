/** Groups of Java consumers whose members crash, stand still and come back: nothing is lost, and order stays. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fact } from '../../../src/kernel/fact';
import { KafkaWorld, type ReaderSpec } from '../../helpers/kafka-world';

const assignors = ['RangeAssignor', 'RoundRobinAssignor', 'StickyAssignor', 'CooperativeStickyAssignor'];
const names = ['a', 'b', 'c'];

const deed = fc.oneof(
  fc.record({ is: fc.constant('send' as const), partition: fc.nat(4), count: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ is: fc.constantFrom('crash' as const, 'stop' as const, 'cut' as const, 'pause' as const, 'resume' as const), who: fc.nat(2) }),
  fc.record({ is: fc.constant('wait' as const), forMs: fc.integer({ min: 10, max: 9000 }) }),
); // prettier-ignore

const plan = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  partitions: fc.integer({ min: 1, max: 5 }),
  assignor: fc.constantFrom(...assignors),
  isStatic: fc.boolean(),
  autoCommit: fc.boolean(),
  takesMs: fc.constantFrom(0, 50, 700),
  deeds: fc.array(deed, { minLength: 3, maxLength: 30 }),
});

type Of<Arbitrary> = Arbitrary extends fc.Arbitrary<infer Value> ? Value : never;
type Plan = Of<typeof plan>;
type Deed = Of<typeof deed>;

test('whatever happens to its members, a group is given every record, in order, and commits nothing it was not given', () => {
  const runs = process.env.LONG ? 400 : 40;
  fc.assert(
    fc.property(plan, (given) => {
      const sent = new Map<number, number>();
      const world = worldOf(given);
      for (const one of given.deeds) carryOut(world, one, given.partitions, sent);
      for (const name of names) world.tell(name, { type: 'Resume' });
      world.run(90_000);
      for (const [partition, count] of sent) check(world, partition, count);
    }),
    { numRuns: runs },
  );
}, 400_000);

function worldOf({ partitions, assignor, isStatic, autoCommit, takesMs, seed }: Plan): KafkaWorld {
  const readers = names.map((name): ReaderSpec => {
    const options = {
      'partition.assignment.strategy': assignor,
      'session.timeout.ms': 6000,
      'heartbeat.interval.ms': 1000,
      'max.poll.interval.ms': 20_000,
      'enable.auto.commit': autoCommit,
      ...(isStatic ? { 'group.instance.id': name } : {}),
    };
    return { name, isJava: true, options, handler: { takesMs }, restartAfterMs: 2000 };
  });
  return new KafkaWorld({ partitions, readers, seed }).run(3000);
}

function carryOut(world: KafkaWorld, one: Deed, partitions: number, sent: Map<number, number>): void {
  if (one.is === 'wait') return void world.run(one.forMs);
  if (one.is === 'send') {
    const partition = one.partition % partitions;
    sent.set(partition, (sent.get(partition) ?? 0) + one.count);
    return void world.send(...Array.from({ length: one.count }, () => ({ partition }))).run(20);
  }
  const name = names[one.who];
  if (one.is === 'crash') return void world.act((it) => it.crash(name, 'killed'));
  if (one.is === 'cut') {
    // for longer than its session
    world.act((it) => it.cut(name, 'kafka')).run(8000);
    return void world.act((it) => it.heal(name, 'kafka'));
  }
  if (one.is === 'stop') {
    world.tell(name, { type: 'Stop' }).run(3000);
    // whoever was stopped is started again
    return void world.act((it) => it.crash(name, 'killed'));
  }
  world.tell(name, { type: one.is === 'pause' ? 'Pause' : 'Resume' });
}

function check(world: KafkaWorld, partition: number, count: number): void {
  const subject = `kafka/t/${partition}`;
  const first = world.facts('delivered', { subject }).map(({ position }) => position);
  expect(first).toEqual(Array.from({ length: count }, (_, index) => index));
  const settled = world.facts('settled', { subject });
  expect(settled.at(-1)?.position).toBe(count);
  const deliveredBy = (at: Fact): number =>
    world.facts('delivered', { subject }).filter(({ id }) => id < at.id).length;
  for (const commit of settled) expect(commit.position).toBeLessThanOrEqual(deliveredBy(commit));
}
