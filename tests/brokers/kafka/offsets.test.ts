import { describe, expect, test } from 'vitest';
import type { OffsetCommitResponse } from '../../../src/brokers/kafka/protocol';
import { LoneBroker } from './lone-broker';
import { commit, committed, gather, heartbeat, idFor, join, leave, offsetFetch, produce } from './requests';

const minute = 60_000;
const week = 7 * 24 * 60 * minute;
const topics = [{ name: 'orders', partitions: 3 }];
const errorOf = (response: OffsetCommitResponse | undefined) => response!.topics[0].partitions[0].errorCode;
const groupOf = (broker: LoneBroker, groupId = 'search') => broker.state.groups.get(groupId);

describe('committing', () => {
  test('stores the next offset to read, for the group and the partition', () => {
    const broker = new LoneBroker({ topics });
    const { ids } = gather(broker, [1], [[0, 1, 2]]);
    expect(errorOf(broker.ask(commit(5, { memberId: ids[0], generationId: 1 })))).toBe('NONE');
    expect([committed(broker), committed(broker, 'search', 1), committed(broker, 'cache')]).toEqual([
      5, -1, -1,
    ]);
  });

  test('is in history with what it was before, but only when it changes', () => {
    const broker = new LoneBroker({ topics });
    const { ids } = gather(broker, [1], [[0, 1, 2]]);
    const member = { memberId: ids[0], generationId: 1, partition: 1 };
    for (const offset of [3, 3, 7, 2]) broker.ask(commit(offset, member));
    const common = { kind: 'settled', subject: 'kafka/orders/1', group: 'search' };
    expect(broker.factsOf('OffsetCommitted')).toMatchObject([
      { ...common, position: 3, amount: -1 },
      { ...common, position: 7, amount: 3 },
      { ...common, position: 2, amount: 7 },
    ]);
  });

  test('is not compared with the log: a client may commit what does not exist, or −1 and −2 on its way to a reset', () => {
    const broker = new LoneBroker({ topics });
    broker.ask(produce([0, 1]));
    for (const offset of [-2, -1, 0, 2]) {
      expect(errorOf(broker.ask(commit(offset)))).toBe('NONE');
      expect(committed(broker)).toBe(offset);
    }
  });

  /** Brings the group of one member into a state; then a second member's ids and generations are tried. */
  function inState(state: 'Empty' | 'PreparingRebalance' | 'CompletingRebalance' | 'Stable') {
    const broker = new LoneBroker({ topics });
    const { ids } = gather(broker, [1], [[0, 1, 2]]);
    if (state === 'Empty') broker.send(leave(ids[0]), 1);
    if (state === 'PreparingRebalance' || state === 'CompletingRebalance')
      broker.send(join(idFor(broker, 2)), 2);
    if (state === 'CompletingRebalance') broker.send(join(ids[0]), 1);
    expect(groupOf(broker)!.state).toBe(state);
    return { broker, memberId: ids[0], generation: groupOf(broker)!.generation };
  }

  test.each([
    ['Stable', 'NONE'],
    // what lets a member save its work before it joins again
    ['PreparingRebalance', 'NONE'],
    ['CompletingRebalance', 'REBALANCE_IN_PROGRESS'],
    ['Empty', 'UNKNOWN_MEMBER_ID'],
  ] as const)('a member of the present generation, group %s: %s', (state, expected) => {
    const { broker, memberId, generation } = inState(state);
    expect(errorOf(broker.ask(commit(4, { memberId, generationId: generation }), 3))).toBe(expected);
  });

  test.each([
    ['Stable', 'ILLEGAL_GENERATION'],
    ['PreparingRebalance', 'ILLEGAL_GENERATION'],
    ['CompletingRebalance', 'ILLEGAL_GENERATION'],
  ] as const)('a member of an old generation, group %s: %s', (state, expected) => {
    const { broker, memberId, generation } = inState(state);
    expect(errorOf(broker.ask(commit(4, { memberId, generationId: generation - 1 }), 3))).toBe(expected);
  });

  test.each([
    ['Empty', 'NONE'],
    ['Stable', 'UNKNOWN_MEMBER_ID'],
    ['PreparingRebalance', 'UNKNOWN_MEMBER_ID'],
    ['CompletingRebalance', 'UNKNOWN_MEMBER_ID'],
  ] as const)('somebody without a generation (an admin), group %s: %s', (state, expected) => {
    const { broker } = inState(state);
    expect(errorOf(broker.ask(commit(4), 3))).toBe(expected);
  });

  test.each([
    ['without a generation the group is made', -1, 'NONE'],
    ['with one it is refused', 3, 'ILLEGAL_GENERATION'],
  ])('a group nobody has heard of: %s', (_, generationId, expected) => {
    const broker = new LoneBroker({ topics });
    expect(errorOf(broker.ask(commit(4, { generationId })))).toBe(expected);
    expect(groupOf(broker) !== undefined).toBe(expected === 'NONE');
  });

  test('a refused commit changes nothing and is in history with the reason', () => {
    const { broker } = inState('Stable');
    broker.ask(commit(4, { memberId: 'ghost', generationId: 1 }));
    expect(committed(broker)).toBe(-1);
    expect(broker.factsOf('OffsetCommitRefused')).toMatchObject([
      {
        kind: 'refused',
        subject: 'kafka/orders/0',
        position: 4,
        group: 'search',
        detail: 'UNKNOWN_MEMBER_ID',
      },
    ]);
  });

  test.each([
    ['topic', { topic: 'nowhere' }],
    ['partition', { partition: 9 }],
  ])('the %s must exist', (_, place) => {
    const { broker, memberId, generation } = inState('Stable');
    expect(errorOf(broker.ask(commit(4, { memberId, generationId: generation, ...place })))).toBe(
      'UNKNOWN_TOPIC_OR_PARTITION',
    );
  });

  test('is a sign of life: it keeps the session like a heartbeat', () => {
    const broker = new LoneBroker({ topics });
    const { ids } = gather(broker, [1], [[0]], { sessionTimeoutMs: 10_000 });
    for (let offset = 1; offset <= 5; offset++) {
      broker.wait(8000);
      broker.ask(commit(offset, { memberId: ids[0], generationId: 1 }));
    }
    expect(groupOf(broker)!.state).toBe('Stable');
  });
});

describe('forgetting offsets', () => {
  function abandoned(): LoneBroker {
    const broker = new LoneBroker({ topics });
    const { ids } = gather(broker, [1], [[0, 1, 2]]);
    broker.ask(commit(5, { memberId: ids[0], generationId: 1 }));
    broker.ask(leave(ids[0]));
    return broker;
  }

  test('happens offsets.retention.minutes after the group became empty, at the next check', () => {
    const broker = abandoned();
    broker.wait(week - 1000);
    expect(committed(broker)).toBe(5);
    broker.wait(11 * minute);
    expect(committed(broker)).toBe(-1);
    expect(groupOf(broker)).toBeUndefined();
    expect(broker.factsOf('OffsetExpired')).toMatchObject([
      { kind: 'expired', subject: 'kafka/orders/0', position: 5, group: 'search' },
    ]);
  });

  test('does not happen while somebody is in the group, however old the commit', () => {
    const broker = new LoneBroker({ topics });
    const options = { sessionTimeoutMs: 30 * minute };
    const { ids } = gather(broker, [1], [[0]], options);
    broker.ask(commit(5, { memberId: ids[0], generationId: 1 }));
    for (let beat = 0; beat < 8 * 24 * 3; beat++) {
      broker.wait(20 * minute);
      broker.ask(heartbeat(ids[0], 1));
    }
    expect(committed(broker)).toBe(5);
  });

  test('happens also in a group with members, for topics none of them reads any more', () => {
    const broker = new LoneBroker({ topics: [...topics, { name: 'prices', partitions: 1 }] });
    const options = { sessionTimeoutMs: 30 * minute };
    broker.ask(commit(5));
    broker.ask(commit(6, { topic: 'prices' }));
    const { ids } = gather(broker, [1], [[0]], options);
    for (let beat = 0; beat < 8 * 24 * 3; beat++) {
      broker.wait(20 * minute);
      broker.ask(heartbeat(ids[0], 1));
    }
    expect(broker.factsOf('OffsetExpired')).toMatchObject([{ subject: 'kafka/prices/0', position: 6 }]);
    expect(committed(broker)).toBe(5);
  });

  test('of a group that never had members is counted from each commit', () => {
    const broker = new LoneBroker({ topics });
    broker.ask(commit(5));
    broker.wait(week / 2);
    broker.ask(commit(6, { partition: 1 }));
    broker.wait(week / 2 + 11 * minute);
    expect([committed(broker), committed(broker, 'search', 1)]).toEqual([-1, 6]);
  });

  test('an empty group with nothing committed is forgotten at the next check', () => {
    const broker = new LoneBroker({ topics });
    idFor(broker, 1);
    broker.wait(10 * minute);
    expect(groupOf(broker)).toBeUndefined();
    expect(broker.pending).toEqual([]);
  });
});

test('asking for offsets of a group nobody has heard of is no error', () => {
  const broker = new LoneBroker();
  expect(broker.ask(offsetFetch('nobody'))).toMatchObject({
    errorCode: 'NONE',
    topics: [{ partitions: [{ committedOffset: -1, errorCode: 'NONE' }] }],
  });
});
