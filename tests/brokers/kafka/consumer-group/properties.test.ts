import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isReconciled,
  topicOf,
  type ModernMember,
} from '../../../../src/brokers/kafka/consumer-group/modern-group';
import { assignRange } from '../../../../src/brokers/kafka/consumer-group/range';
import { assignUniform } from '../../../../src/brokers/kafka/consumer-group/uniform';
import { LoneBroker } from '../lone-broker';
import { Member } from './members';

const runs = process.env.LONG ? 2000 : 200;
const modernOf = (broker: LoneBroker) => broker.state.groups.get('search')!.modern!;

/** What can happen to a group, by the number of who it happens to. */
type Event =
  | { readonly is: 'join' | 'beat' | 'leave' | 'revoke' | 'lose'; readonly who: number }
  | { readonly is: 'wait'; readonly ms: number };

const who = fc.nat({ max: 4 });
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ is: fc.constantFrom('join' as const), who }) },
  { weight: 10, arbitrary: fc.record({ is: fc.constantFrom('beat' as const, 'revoke' as const), who }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constantFrom('leave' as const, 'lose' as const), who }) },
  {
    weight: 4,
    arbitrary: fc.record({ is: fc.constant('wait' as const), ms: fc.constantFrom(300, 1000, 7000, 46_000) }),
  },
);

/** Members that behave: they hold what they were given until they say that they gave it up. */
class Party {
  readonly members = new Map<number, Member>();
  private count = 0;

  constructor(readonly broker: LoneBroker) {}

  play(one: Event): void {
    if (one.is === 'wait') return this.broker.wait(one.ms);
    const member = this.members.get(one.who);
    if (one.is === 'join') {
      if (member) return;
      const fresh = new Member(this.broker, `m${one.who}-${this.count++}`);
      if (fresh.join().errorCode === 'NONE') this.members.set(one.who, fresh);
      return;
    }
    if (!member) return;
    if (one.is === 'leave') member.leave();
    // it dies: nobody hears of it
    if (one.is === 'leave' || one.is === 'lose') return void this.members.delete(one.who);
    this.heard(one.who, one.is === 'beat' ? member.say({}) : member.beat());
  }

  /** Who is told that it is none has lost everything. */
  heard(who: number, { errorCode }: { readonly errorCode: string }): void {
    if (errorCode !== 'NONE') this.members.delete(who);
  }
}

describe('a group of the consumer protocol', () => {
  test('never has two owners of a partition, and comes to its target when everybody beats', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.array(event, { maxLength: 40 }),
        (partitions, events) => {
          const broker = new LoneBroker({ topics: [{ name: 'orders', partitions }] });
          const party = new Party(broker);
          // every command goes through the invariants: one owner a partition, members not ahead of the target
          for (const one of events) party.play(one);
          // who died is forgotten after a session
          for (let round = 0; round < 60; round++) {
            broker.wait(1000);
            for (const [number, member] of [...party.members]) party.heard(number, member.beat());
          }
          const members = [...(broker.state.groups.get('search')?.modern?.members.values() ?? [])];
          expect(members).toHaveLength(party.members.size);
          if (members.length === 0) return;
          const { epoch, targetEpoch } = modernOf(broker);
          expect(targetEpoch).toBe(epoch);
          expect(members.every((member) => isReconciled(member, targetEpoch))).toBe(true);
          const sizes = members.map(({ assigned }) => assigned.size);
          expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(partitions);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
          for (const member of party.members.values())
            expect(member.assignment.orders ?? []).toHaveLength(
              modernOf(broker).members.get(member.memberId)!.assigned.size,
            );
        },
      ),
      { numRuns: runs },
    );
  });
});

const topics = ['orders', 'parcels', 'bills'];
const someTopics = fc.subarray(topics, { minLength: 1 });
const task = fc
  .record({
    counts: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 3, maxLength: 3 }),
    subscriptions: fc.array(someTopics, { minLength: 1, maxLength: 5 }),
    isHomogeneous: fc.boolean(),
  })
  .map(({ counts, isHomogeneous, subscriptions }) => {
    const subscribedTo = (index: number) => (isHomogeneous ? subscriptions[0] : subscriptions[index]);
    const wanted = new Set(subscriptions.flatMap((_, index) => subscribedTo(index)));
    return {
      partitions: new Map(topics.flatMap((name, index) => (wanted.has(name) ? [[name, counts[index]]] : []))),
      members: subscriptions.map((_, index) => ({
        ...{ memberId: `m${index}`, instanceId: null, target: [] as readonly string[] },
        subscribed: [...subscribedTo(index)].sort(),
      })),
      isHomogeneous,
    };
  });

describe.each([
  ['uniform', assignUniform],
  ['range', assignRange],
])('the assignor %s', (_, assign) => {
  test('gives every partition to one member that subscribes to its topic', () => {
    fc.assert(
      fc.property(task, ({ members, partitions }) => {
        const targets = assign({ members, partitions });
        const all = [...targets.values()].flat();
        expect(new Set(all).size).toBe(all.length);
        expect(all).toHaveLength([...partitions.values()].reduce((sum, count) => sum + count, 0));
        for (const { memberId, subscribed } of members)
          for (const place of targets.get(memberId)!) expect(subscribed).toContain(topicOf(place));
      }),
      { numRuns: runs },
    );
  });
});

test('uniform moves nothing that can stay, and is balanced', () => {
  fc.assert(
    fc.property(task, fc.nat({ max: 4 }), ({ members, partitions }, gone) => {
      const same = members.map((member) => ({ ...member, subscribed: [...partitions.keys()] }));
      const first = assignUniform({ members: same, partitions });
      const stay = same
        .filter((_, index) => index !== gone || same.length === 1)
        .map((member) => ({ ...member, target: first.get(member.memberId)! }));
      const second = assignUniform({ members: stay, partitions });
      for (const { memberId, target } of stay)
        expect(target.every((place) => second.get(memberId)!.includes(place))).toBe(true);
      const sizes = [...second.values()].map(({ length }) => length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      expect(assignUniform({ members: targeted(stay, second), partitions })).toEqual(second);
    }),
    { numRuns: runs },
  );
});

type Asked = Pick<ModernMember, 'memberId' | 'instanceId' | 'subscribed' | 'target'>;
const targeted = (members: readonly Asked[], targets: ReadonlyMap<string, readonly string[]>) =>
  members.map((member) => ({ ...member, target: targets.get(member.memberId)! }));
