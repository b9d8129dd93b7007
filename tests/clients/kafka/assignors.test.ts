import { describe, expect, test } from 'vitest';
import { fc, test as property } from '@fast-check/vitest';
import { assignorNamed } from '../../../src/clients/kafka/assignors/all';
import type { AssignorInput } from '../../../src/clients/kafka/assignors/assignor';
import { realRoundRobin, realRoundRobinName } from './kafkajs';

/** Members by name with what they subscribe to; topics with their number of partitions. */
function deal(
  name: string,
  members: Readonly<Record<string, readonly string[]>>,
  topics: Readonly<Record<string, number>>,
): Record<string, unknown> {
  const input: AssignorInput = {
    members: Object.entries(members).map(([memberId, subscribed]) => ({ memberId, topics: subscribed })),
    topics: Object.keys(topics),
    partitionsOf: (topic) => Array.from({ length: topics[topic] ?? 0 }, (_, index) => index),
  };
  const assignments = assignorNamed(name)!.assign(input);
  return Object.fromEntries(assignments.map(({ memberId, assignment }) => [memberId, assignment]));
}

describe("kafkajs's round robin", () => {
  test('has the name that kafkajs members vote with', () => {
    expect(assignorNamed(realRoundRobinName)).toBeDefined();
  });

  test('K-46: two members of a topic with four partitions get every other one', () => {
    expect(deal('RoundRobinAssigner', { b: ['t'], a: ['t'] }, { t: 4 })).toEqual({
      a: { t: [0, 2] },
      b: { t: [1, 3] },
    });
  });

  test('K-47: a member too many gets nothing', () => {
    expect(deal('RoundRobinAssigner', { a: ['t'], b: ['t'], c: ['t'] }, { t: 2 })).toEqual({
      a: { t: [0] },
      b: { t: [1] },
    });
  });

  test('goes on with the next topic where the last one ended', () => {
    expect(deal('RoundRobinAssigner', { a: ['t', 'u'], b: ['t', 'u'] }, { t: 3, u: 3 })).toEqual({
      a: { t: [0, 2], u: [1] },
      b: { t: [1], u: [0, 2] },
    });
  });

  const ids = fc.uniqueArray(fc.stringMatching(/^[A-Za-z0-9._-]{1,4}-[0-9a-f]{1,6}$/), {
    minLength: 1,
    maxLength: 6,
  });
  property.prop([ids, fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 3 })])(
    'deals as kafkajs does',
    async (members, counts) => {
      const topics = counts.map((_, index) => `topic-${index}`);
      const partitionsOf = (topic: string) =>
        Array.from({ length: counts[topics.indexOf(topic)] }, (_, index) => index);
      const ours = assignorNamed('RoundRobinAssigner')!.assign({
        members: members.map((memberId) => ({ memberId, topics })),
        topics,
        partitionsOf,
      });
      const theirs = await realRoundRobin(members, topics, partitionsOf);
      const byMember = (list: readonly { memberId: string; assignment: unknown }[]) =>
        new Map(list.map(({ memberId, assignment }) => [memberId, assignment]));
      expect(byMember(ours)).toEqual(byMember(theirs));
    },
  );
});

describe("Java's range", () => {
  test('K-46: gives contiguous halves', () => {
    expect(deal('range', { a: ['t'], b: ['t'] }, { t: 4 })).toEqual({ a: { t: [0, 1] }, b: { t: [2, 3] } });
  });

  test('gives the remainder to the first members, topic by topic: they carry more', () => {
    expect(deal('range', { a: ['t', 'u'], b: ['t', 'u'] }, { t: 3, u: 3 })).toEqual({
      a: { t: [0, 1], u: [0, 1] },
      b: { t: [2], u: [2] },
    });
  });

  test('leaves out members that did not subscribe', () => {
    expect(deal('range', { a: ['t'], b: ['t', 'u'] }, { t: 2, u: 2 })).toEqual({
      a: { t: [0] },
      b: { t: [1], u: [0, 1] },
    });
  });

  test('leaves members empty when there are more of them than partitions', () => {
    expect(deal('range', { a: ['t'], b: ['t'], c: ['t'] }, { t: 2 })).toEqual({
      a: { t: [0] },
      b: { t: [1] },
    });
  });
});

describe("Java's round robin", () => {
  test('goes round all partitions of all topics', () => {
    expect(deal('roundrobin', { a: ['t', 'u'], b: ['t', 'u'] }, { u: 3, t: 3 })).toEqual({
      a: { t: [0, 2], u: [1] },
      b: { t: [1], u: [0, 2] },
    });
  });

  // the example in RoundRobinAssignor's own documentation
  test('passes over members that did not subscribe', () => {
    const members = { C0: ['t0'], C1: ['t0', 't1'], C2: ['t0', 't1', 't2'] };
    expect(deal('roundrobin', members, { t0: 1, t1: 2, t2: 3 })).toEqual({
      C0: { t0: [0] },
      C1: { t1: [0] },
      C2: { t1: [1], t2: [0, 1, 2] },
    });
  });
});
