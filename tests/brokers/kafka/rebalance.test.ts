import { describe, expect, test } from 'vitest';
import type { JoinGroupResponse, SyncGroupResponse } from '../../../src/brokers/kafka/protocol';
import { LoneBroker } from './lone-broker';
import { gather, heartbeat, idFor, join, leave, sync } from './requests';

const topics = [{ name: 'orders', partitions: 3 }];
const groupOf = (broker: LoneBroker) => broker.state.groups.get('search')!;
const reasons = (broker: LoneBroker) => broker.factsOf('GroupRebalanceStarted').map(({ detail }) => detail);

describe('a rebalance', () => {
  test('begins when a member joins a stable group, and ends as soon as everybody is back: no initial delay', () => {
    const broker = new LoneBroker({ topics });
    const { ids } = gather(broker, [1], [[0, 1, 2]]);
    const second = idFor(broker, 2);
    const joining = broker.send(join(second), 2);
    expect(groupOf(broker).state).toBe('PreparingRebalance');
    const rejoined = broker.ask<JoinGroupResponse>(join(ids[0]), 1)!;
    expect(rejoined).toMatchObject({ generationId: 2, leader: ids[0] });
    expect(broker.answerTo(joining)).toMatchObject({ generationId: 2, leader: ids[0], members: [] });
  });

  test('waits for a member that was only given an id', () => {
    const broker = new LoneBroker({ topics });
    const { ids } = gather(broker, [1], [[0, 1, 2]]);
    broker.send(join(idFor(broker, 2)), 2);
    const pending = idFor(broker, 3);
    const first = broker.send(join(ids[0]), 1);
    expect(broker.answerTo(first)).toBeUndefined();
    broker.send(join(pending), 3);
    expect(broker.answerTo<JoinGroupResponse>(first)!.members).toHaveLength(3);
  });

  test('drops who has not rejoined within the longest rebalance timeout of its members', () => {
    const broker = new LoneBroker({ topics });
    const options = { rebalanceTimeoutMs: 20_000, sessionTimeoutMs: 60_000 };
    const { ids } = gather(broker, [1, 2], [[0], [1, 2]], options);
    const rejoining = broker.send(join(ids[0], options), 1);
    broker.wait(19_999);
    expect(broker.answerTo(rejoining)).toBeUndefined();
    broker.wait(1);
    expect(broker.answerTo(rejoining)).toMatchObject({ generationId: 2, members: [{ memberId: ids[0] }] });
    expect(broker.factsOf('MemberRemoved')).toMatchObject([
      { kind: 'rebalanced', subject: 'kafka/group/search', detail: 'client-2 did not rejoin in time' },
    ]);
  });

  test('gives the lead to somebody who is there when the leader is late', () => {
    const broker = new LoneBroker({ topics });
    const options = { rebalanceTimeoutMs: 20_000, sessionTimeoutMs: 60_000 };
    const { ids } = gather(broker, [1, 2], [[0], [1, 2]], options);
    broker.send(join(idFor(broker, 3, options), options), 3);
    const rejoining = broker.send(join(ids[1], options), 2);
    broker.wait(20_000);
    expect(broker.answerTo(rejoining)).toMatchObject({ generationId: 2, leader: ids[1] });
  });

  test('ends in an empty group when nobody comes back', () => {
    const broker = new LoneBroker({ topics });
    const options = { rebalanceTimeoutMs: 20_000, sessionTimeoutMs: 60_000 };
    const { ids } = gather(broker, [1, 2], [[0], [1, 2]], options);
    broker.send(leave(ids[0]), 1);
    broker.wait(20_000);
    expect(groupOf(broker)).toMatchObject({ state: 'Empty', generation: 2 });
  });

  test('calls off a sync that is under way: who waits for an assignment must join again', () => {
    const broker = new LoneBroker({ topics });
    const ids = [1, 2].map((connection) => idFor(broker, connection));
    ids.forEach((id, index) => broker.send(join(id), index + 1));
    broker.wait(6000);
    const syncing = broker.send(sync(ids[1], 1), 2);
    broker.send(join(idFor(broker, 3)), 3);
    expect(broker.answerTo(syncing)).toMatchObject({ errorCode: 'REBALANCE_IN_PROGRESS', assignment: {} });
    expect(broker.ask<SyncGroupResponse>(sync(ids[0], 1), 1)!.errorCode).toBe('REBALANCE_IN_PROGRESS');
  });

  test('is in history: why it began, and who owns what when it is over', () => {
    const broker = new LoneBroker({ topics });
    gather(broker, [1, 2], [[0], [1, 2]]);
    expect(broker.facts.map(({ atMs, ...fact }) => [atMs, fact])).toEqual([
      [
        0,
        {
          kind: 'rebalanced',
          type: 'GroupRebalanceStarted',
          subject: 'kafka/group/search',
          amount: 0,
          group: 'search',
          detail: 'client-1 joined',
        },
      ],
      [
        6000,
        {
          kind: 'rebalanced',
          type: 'GroupRebalanced',
          subject: 'kafka/group/search',
          amount: 1,
          group: 'search',
          detail: 'client-1:0 client-2:1,2',
        },
      ],
    ]);
  });

  test('names topics in history when members read several', () => {
    const broker = new LoneBroker({ topics: [...topics, { name: 'prices', partitions: 1 }] });
    const id = idFor(broker, 1);
    broker.send(join(id), 1);
    broker.wait(3000);
    broker.send({
      ...sync(id, 1),
      assignments: [{ memberId: id, assignment: { orders: [0, 2], prices: [0] } }],
    });
    expect(broker.factsOf('GroupRebalanced')[0].detail).toBe('client-1:orders/0,orders/2,prices/0');
  });
});

describe('joining again', () => {
  test('a follower of a stable group that has nothing new to say gets the present generation back', () => {
    const broker = new LoneBroker({ topics });
    const { ids } = gather(broker, [1, 2], [[0], [1, 2]]);
    expect(broker.ask<JoinGroupResponse>(join(ids[1]), 2)).toMatchObject({
      generationId: 1,
      leader: ids[0],
      members: [],
    });
    expect(groupOf(broker).state).toBe('Stable');
  });

  test.each([
    ['the leader', 0, {}, 'client-1, the leader, rejoined'],
    [
      'a follower with another subscription',
      1,
      { topics: ['orders', 'prices'] },
      'client-2 changed its subscription',
    ],
    [
      'a follower with another assignor',
      1,
      { protocols: ['RoundRobinAssigner', 'range'] },
      'client-2 changed its subscription',
    ],
  ])('%s starts a rebalance', (_, who, options, reason) => {
    const broker = new LoneBroker({ topics });
    const { ids } = gather(broker, [1, 2], [[0], [1, 2]]);
    broker.send(join(ids[who], options), who + 1);
    expect(groupOf(broker).state).toBe('PreparingRebalance');
    expect(reasons(broker).at(-1)).toBe(reason);
  });

  test('a member whose join answer was lost gets it again while the group waits for its leader', () => {
    const broker = new LoneBroker({ topics });
    const ids = [1, 2].map((connection) => idFor(broker, connection));
    ids.forEach((id, index) => broker.send(join(id), index + 1));
    broker.wait(6000);
    expect(broker.ask<JoinGroupResponse>(join(ids[0]), 1)!.members).toHaveLength(2);
    expect(broker.ask<JoinGroupResponse>(join(ids[1]), 2)).toMatchObject({ generationId: 1, members: [] });
  });

  test('a join on a new connection takes the place of one whose connection is gone', () => {
    const broker = new LoneBroker({ topics });
    const { ids } = gather(broker, [1, 2], [[0], [1, 2]]);
    const lost = broker.send(join(ids[0]), 1);
    broker.close(1);
    const again = broker.send(join(ids[0]), 11);
    broker.send(join(ids[1]), 2);
    expect(broker.answerTo(lost)).toBeUndefined();
    expect(broker.answerTo(again)).toMatchObject({ generationId: 2 });
  });

  test('a member that was dropped is unknown and must start from the beginning', () => {
    const broker = new LoneBroker({ topics });
    const { ids } = gather(broker, [1], [[0]], { sessionTimeoutMs: 10_000 });
    broker.wait(10_000);
    expect(broker.ask<JoinGroupResponse>(join(ids[0]), 1)!.errorCode).toBe('UNKNOWN_MEMBER_ID');
    expect(broker.ask(heartbeat(ids[0], 1), 1)).toMatchObject({ errorCode: 'UNKNOWN_MEMBER_ID' });
  });

  test('a group that became empty has its initial delay again', () => {
    const broker = new LoneBroker({ topics });
    const { ids } = gather(broker, [1], [[0]]);
    broker.send(leave(ids[0]), 1);
    const joining = broker.send(join(idFor(broker, 2)), 2);
    broker.wait(2999);
    expect(broker.answerTo(joining)).toBeUndefined();
    broker.wait(1);
    expect(broker.answerTo(joining)).toMatchObject({ generationId: 3 });
  });

  test('group.initial.rebalance.delay.ms 0 means no delay', () => {
    const broker = new LoneBroker({ topics, options: { 'group.initial.rebalance.delay.ms': 0 } });
    const joining = broker.send(join(idFor(broker, 1)), 1);
    broker.wait(0);
    expect(broker.answerTo(joining)).toMatchObject({ generationId: 1 });
  });
});
