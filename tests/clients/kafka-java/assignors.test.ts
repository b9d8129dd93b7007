/** What Kafka's four assignors promise, for any members and topics, and what each does in cases from Kafka's own tests. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assignmentOf,
  nameOf,
  placesOf,
  type Assignor,
  type AssignorInput,
  type GroupMember,
  type Place,
} from '../../../src/clients/kafka-java/assignors/assignor';
import { range } from '../../../src/clients/kafka-java/assignors/range';
import { roundRobin } from '../../../src/clients/kafka-java/assignors/round-robin';
import { cooperativeSticky, sticky } from '../../../src/clients/kafka-java/assignors/sticky';

type Assigned = ReadonlyMap<string, readonly Place[]>;

const counts: Readonly<Record<string, number>> = { t0: 0, t1: 1, t2: 3, t3: 4, t4: 7 };
const topicNames = Object.keys(counts);
const countOf = (topic: string): number => counts[topic] ?? 0;

const subscriptions = (areEqual: boolean) =>
  fc
    .array(fc.subarray(topicNames, { minLength: 1 }), { minLength: 1, maxLength: 6 })
    .map((lists) => (areEqual ? lists.map(() => lists[0]) : lists));

describe.each([range, roundRobin, sticky, cooperativeSticky].map((one) => [one.name, one] as const))(
  '%s',
  (_name, assignor) => {
    test('gives every partition to one of those who subscribe to its topic', () => {
      fc.assert(
        fc.property(subscriptions(false), (lists) => {
          expectComplete(lists.map(newcomer), assignor);
        }),
      );
    });

    test('gives all the same number, but for one, when all subscribe to the same', () => {
      fc.assert(
        fc.property(subscriptions(true), (lists) => {
          const assigned = assign(lists.map(newcomer), assignor);
          if (assignor !== range) return expectBalanced(assigned);
          // a topic by itself
          for (const topic of lists[0])
            expectBalanced(
              new Map(
                [...assigned].map(([id, places]) => [id, places.filter((place) => place.topic === topic)]),
              ),
            );
        }),
      );
    });
  },
);

describe.each([sticky, cooperativeSticky].map((one) => [one.name, one] as const))(
  'when members come and go: %s',
  (_name, assignor) => {
    const change = fc.record({ leave: fc.array(fc.nat(5), { maxLength: 3 }), join: fc.nat(2) });

    test('nobody loses a partition and gets another in its place', () => {
      fc.assert(
        fc.property(subscriptions(true), change, (lists, { leave, join }) => {
          const before = assign(lists.map(newcomer), assignor);
          const members = changed(lists, before, leave, join, assignor);
          const after = assign(members, assignor);
          for (const { memberId } of members) {
            const had = new Set(placesOf(remembered(members, memberId)).map(nameOf));
            const has = after.get(memberId)!.map(nameOf);
            const isLoser = [...had].some((name) => !has.includes(name));
            if (isLoser) expect(has.filter((name) => !had.has(name))).toEqual([]);
          }
        }),
      );
    });

    test('in the end every partition is read and all have the same number, whatever they subscribe to at first', () => {
      fc.assert(
        fc.property(subscriptions(true), change, (lists, { leave, join }) => {
          let members = changed(lists, assign(lists.map(newcomer), assignor), leave, join, assignor);
          for (let round = 2; round < 5; round++)
            members = again(members, assign(members, assignor), round, assignor);
          const last = assign(members, assignor);
          expectBalanced(last);
          expect([...last.values()].flat().map(nameOf).sort()).toEqual(allNames(members));
        }),
      );
    });
  },
);

describe('cooperative-sticky', () => {
  test('never gives to one what another still has', () => {
    const change = fc.record({ leave: fc.array(fc.nat(5), { maxLength: 2 }), join: fc.nat(3) });
    fc.assert(
      fc.property(subscriptions(false), change, (lists, { leave, join }) => {
        const before = assign(lists.map(newcomer), cooperativeSticky);
        const members = changed(lists, before, leave, join, cooperativeSticky);
        const after = assign(members, cooperativeSticky);
        for (const [memberId, places] of after)
          for (const place of places)
            for (const other of members)
              if (other.memberId !== memberId)
                expect(placesOf(other.owned).map(nameOf)).not.toContain(nameOf(place));
      }),
    );
  });

  test('a partition that two say they have is the one’s with the younger generation', () => {
    const owned = { t2: [0, 1, 2] };
    const [old, young] = [
      { ...newcomer(['t2'], 0), owned, generation: 1 },
      { ...newcomer(['t2'], 1), owned, generation: 2 },
    ];
    const assigned = assign([old, young], cooperativeSticky);
    expect(assigned.get('m1')!.map(nameOf)).toEqual(['t2-0', 't2-1']);
    // and the last one moves in the next rebalance
    expect(assigned.get('m0')).toEqual([]);
  });
});

describe('cases of Kafka’s own tests', () => {
  test('range over two topics: the first member has more of each (testTwoConsumersTwoTopicsSixPartitions)', () => {
    const members = [0, 1].map((index) => newcomer(['t2', 'x2'], index));
    const assigned = range.assign({ members, countOf: () => 3 });
    expect(assigned.get('m0')!.map(nameOf)).toEqual(['t2-0', 't2-1', 'x2-0', 'x2-1']);
    expect(assigned.get('m1')!.map(nameOf)).toEqual(['t2-2', 'x2-2']);
  });

  test('static members come first, by their names (testStaticMemberRangeAssignmentPersistent)', () => {
    const members = [newcomer(['t2'], 0), { ...newcomer(['t2'], 1), instanceId: 'z' }];
    expect(assign(members, range).get('m1')!.map(nameOf)).toEqual(['t2-0', 't2-1']);
  });

  test('who has most gives to who has least, where subscriptions differ (testSameSubscriptions and after it)', () => {
    const lists = [['t4'], ['t4', 't3'], ['t3']];
    const assigned = assign(lists.map(newcomer), sticky);
    expect([...assigned.values()].map(({ length }) => length).sort()).toEqual([3, 4, 4]);
  });
});

function newcomer(topics: readonly string[], index: number): GroupMember {
  return {
    ...{ memberId: `m${index}`, instanceId: null, topics, owned: {}, generation: -1, previous: null },
  };
}

function assign(members: readonly GroupMember[], assignor: Assignor): Assigned {
  const input: AssignorInput = { members, countOf };
  return assignor.assign(input);
}

/** The next round: members have, or remember, what they were given. */
function again(
  members: readonly GroupMember[],
  given: Assigned,
  generation: number,
  assignor: Assignor,
): GroupMember[] {
  return members.map((member) => {
    const assignment = assignmentOf(given.get(member.memberId) ?? []);
    if (assignor.isCooperative) return { ...member, owned: assignment, generation };
    return { ...member, generation, previous: { assignment, generation } };
  });
}

/** Some of them are gone, and others are new. */
function changed(
  lists: readonly (readonly string[])[],
  given: Assigned,
  leave: readonly number[],
  join: number,
  assignor: Assignor,
): GroupMember[] {
  const staying = again(lists.map(newcomer), given, 1, assignor).filter(
    (_, index) => !leave.includes(index) || index === 0,
  );
  const joining = Array.from({ length: join }, (_, index) => newcomer(lists[0], lists.length + index));
  return [...staying, ...joining];
}

function remembered(members: readonly GroupMember[], memberId: string): GroupMember['owned'] {
  const { owned, previous } = members.find((member) => member.memberId === memberId)!;
  return previous?.assignment ?? owned;
}

function allNames(members: readonly GroupMember[]): string[] {
  const topics = new Set(members.flatMap((member) => member.topics));
  return [...topics]
    .flatMap((topic) => Array.from({ length: countOf(topic) }, (_, partition) => `${topic}-${partition}`))
    .sort();
}

function expectComplete(members: readonly GroupMember[], assignor: Assignor): void {
  const assigned = assign(members, assignor);
  expect([...assigned.values()].flat().map(nameOf).sort()).toEqual(allNames(members));
  for (const { memberId, topics } of members)
    for (const { topic } of assigned.get(memberId)!) expect(topics).toContain(topic);
}

function expectBalanced(assigned: Assigned): void {
  const sizes = [...assigned.values()].map(({ length }) => length);
  expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
}
