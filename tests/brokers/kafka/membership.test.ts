import { describe, expect, test } from 'vitest';
import type {
  HeartbeatResponse,
  JoinGroupResponse,
  LeaveGroupResponse,
  SyncGroupResponse,
} from '../../../src/brokers/kafka/protocol';
import { LoneBroker } from './lone-broker';
import { gather, heartbeat, idFor, join, leave, sync } from './requests';

const topics = [{ name: 'orders', partitions: 3 }];
const groupOf = (broker: LoneBroker) => broker.state.groups.get('search')!;
const joinError = (broker: LoneBroker, ...args: Parameters<typeof join>) =>
  broker.ask<JoinGroupResponse>(join(...args))?.errorCode;

describe('joining', () => {
  test('a first attempt is answered MEMBER_ID_REQUIRED with an id made of the client id', () => {
    const broker = new LoneBroker();
    const response = broker.ask<JoinGroupResponse>(join('', { clientId: 'search-a' }))!;
    expect(response.errorCode).toBe('MEMBER_ID_REQUIRED');
    expect(response.memberId).toMatch(
      /^search-a-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(groupOf(broker).members.size).toBe(0);
  });

  test('with the id it waits for group.initial.rebalance.delay.ms, then is leader of generation 1', () => {
    const broker = new LoneBroker();
    const id = idFor(broker, 1);
    const joining = broker.send(join(id));
    broker.wait(2999);
    expect(broker.answerTo(joining)).toBeUndefined();
    broker.wait(1);
    expect(broker.answerTo(joining)).toMatchObject({
      errorCode: 'NONE',
      generationId: 1,
      protocolName: 'RoundRobinAssigner',
      leader: id,
      memberId: id,
      members: [{ memberId: id, topics: ['orders'] }],
    });
  });

  test('everybody who comes puts the first generation off once more, up to the rebalance timeout in all', () => {
    const broker = new LoneBroker();
    const options = { rebalanceTimeoutMs: 8000 };
    const ids = [1, 2, 3, 4].map((connection) => idFor(broker, connection, options));
    const sent = ids.map((id, index) => {
      const joining = broker.send(join(id, options), index + 1);
      broker.wait(2500);
      return joining;
    });
    // 3 s, then 3 s more, then the 2 s that are left of the 8 s
    expect(
      sent.map((joining) => broker.answers.find(({ message }) => message.correlationId === joining)?.atMs),
    ).toEqual([8000, 8000, 8000, 8000]);
  });

  test('only the leader learns who else is in', () => {
    const broker = new LoneBroker({ topics });
    const { ids } = gather(broker, [1, 2], [[0], [1, 2]]);
    const joined = broker.answers
      .map(({ message }) => message)
      .filter((message) => message.type === 'JoinGroupResponse' && message.errorCode === 'NONE');
    expect(joined).toMatchObject([
      { memberId: ids[0], leader: ids[0], members: [{ memberId: ids[0] }, { memberId: ids[1] }] },
      { memberId: ids[1], leader: ids[0], members: [] },
    ]);
  });

  test.each([
    [
      'one vote against two',
      [
        ['range', 'roundrobin'],
        ['roundrobin', 'range'],
        ['roundrobin', 'range'],
      ],
      'roundrobin',
    ],
    [
      'a favourite that not all know does not count',
      [['sticky', 'range'], ['sticky', 'range'], ['range']],
      'range',
    ],
  ])('the members vote for the assignor among those all know: %s', (_, preferences, winner) => {
    const broker = new LoneBroker({ topics });
    const ids = preferences.map((protocols, index) => idFor(broker, index + 1, { protocols }));
    preferences.forEach((protocols, index) => broker.send(join(ids[index], { protocols }), index + 1));
    broker.wait(6000);
    expect(groupOf(broker)).toMatchObject({ state: 'CompletingRebalance', protocol: winner });
  });

  test.each([
    [
      'a session timeout below group.min.session.timeout.ms',
      '',
      { sessionTimeoutMs: 5999 },
      'INVALID_SESSION_TIMEOUT',
    ],
    ['at the limit', '', { sessionTimeoutMs: 6000 }, 'MEMBER_ID_REQUIRED'],
    ['above group.max.session.timeout.ms', '', { sessionTimeoutMs: 1_800_001 }, 'INVALID_SESSION_TIMEOUT'],
    ['no group id', '', { groupId: '' }, 'INVALID_GROUP_ID'],
    ['no protocol', '', { protocols: [] }, 'INCONSISTENT_GROUP_PROTOCOL'],
    ['an id in a group that does not exist', 'ghost', {}, 'UNKNOWN_MEMBER_ID'],
  ])('%s: %s', (_, memberId, options, expected) => {
    expect(joinError(new LoneBroker(), memberId, options)).toBe(expected);
  });

  test('an id nobody gave out is unknown, also in a group that exists', () => {
    const broker = new LoneBroker({ topics });
    gather(broker, [1], [[0]]);
    expect(joinError(broker, 'ghost')).toBe('UNKNOWN_MEMBER_ID');
  });

  test('whoever has no protocol in common with the group is turned away', () => {
    const broker = new LoneBroker({ topics });
    gather(broker, [1], [[0]]);
    expect(joinError(broker, '', { protocols: ['range'] })).toBe('INCONSISTENT_GROUP_PROTOCOL');
  });

  test('group.max.size closes the door', () => {
    const broker = new LoneBroker({ topics, options: { 'group.max.size': 1 } });
    gather(broker, [1], [[0]]);
    expect(joinError(broker, '')).toBe('GROUP_MAX_SIZE_REACHED');
  });

  test('an id that nobody comes back with is forgotten after its session timeout', () => {
    const broker = new LoneBroker();
    const id = idFor(broker, 1, { sessionTimeoutMs: 10_000 });
    broker.wait(10_000);
    expect(joinError(broker, id)).toBe('UNKNOWN_MEMBER_ID');
  });
});

describe('synchronising', () => {
  test('followers wait for the leader’s assignment; then everybody gets its own share', () => {
    const broker = new LoneBroker({ topics });
    const ids = [1, 2].map((connection) => idFor(broker, connection));
    ids.forEach((id, index) => broker.send(join(id), index + 1));
    broker.wait(6000);
    const follower = broker.send(sync(ids[1], 1), 2);
    broker.wait(5000);
    expect(broker.answerTo(follower)).toBeUndefined();
    const leader = broker.send(sync(ids[0], 1, { [ids[0]]: [0], [ids[1]]: [1, 2] }), 1);
    expect(broker.answerTo<SyncGroupResponse>(leader)!.assignment).toEqual({ orders: [0] });
    expect(broker.answerTo<SyncGroupResponse>(follower)!.assignment).toEqual({ orders: [1, 2] });
    expect(groupOf(broker).state).toBe('Stable');
  });

  test('a member the leader forgot gets nothing, and no error', () => {
    const broker = new LoneBroker({ topics });
    const { ids } = gather(broker, [1, 2], [[0, 1, 2], []]);
    const late = broker.ask<SyncGroupResponse>(sync(ids[1], 1), 2)!;
    expect(late).toMatchObject({ errorCode: 'NONE', assignment: { orders: [] } });
  });

  test('in a stable group the assignment can be had again', () => {
    const broker = new LoneBroker({ topics });
    const { ids, generation } = gather(broker, [1], [[0, 1, 2]]);
    expect(broker.ask<SyncGroupResponse>(sync(ids[0], generation))).toMatchObject({
      errorCode: 'NONE',
      assignment: { orders: [0, 1, 2] },
    });
  });

  test.each([
    ['an unknown member', 'ghost', 1, 'UNKNOWN_MEMBER_ID'],
    ['an old generation', 'member', 0, 'ILLEGAL_GENERATION'],
  ])('%s: %s', (_, who, generation, expected) => {
    const broker = new LoneBroker({ topics });
    const { ids } = gather(broker, [1], [[0]]);
    const id = who === 'member' ? ids[0] : who;
    expect(broker.ask<SyncGroupResponse>(sync(id, generation))!.errorCode).toBe(expected);
  });

  test('a member that never asks for its assignment is dropped after the rebalance timeout, and the others start over', () => {
    const broker = new LoneBroker({ topics });
    const options = { rebalanceTimeoutMs: 10_000 };
    const ids = [1, 2].map((connection) => idFor(broker, connection, options));
    ids.forEach((id, index) => broker.send(join(id, options), index + 1));
    broker.wait(6000);
    broker.send(sync(ids[0], 1, { [ids[0]]: [0] }), 1);
    broker.wait(10_000);
    expect([...groupOf(broker).members.keys()]).toEqual([ids[0]]);
    expect(groupOf(broker).state).toBe('PreparingRebalance');
    expect(broker.factsOf('GroupRebalanceStarted').at(-1)!.detail).toBe(
      'client-2 did not ask for an assignment in time',
    );
  });
});

describe('heartbeats and sessions', () => {
  test.each([
    ['Stable', 'NONE'],
    ['PreparingRebalance', 'REBALANCE_IN_PROGRESS'],
    ['CompletingRebalance', 'NONE'],
  ])('in state %s a heartbeat is answered %s', (state, expected) => {
    const broker = new LoneBroker({ topics });
    const { ids } = gather(broker, [1], [[0]]);
    if (state !== 'Stable') broker.send(join(idFor(broker, 2)), 2);
    if (state === 'CompletingRebalance') broker.send(join(ids[0]), 1);
    expect(groupOf(broker).state).toBe(state);
    const generation = groupOf(broker).generation;
    expect(broker.ask<HeartbeatResponse>(heartbeat(ids[0], generation), 1)!.errorCode).toBe(expected);
  });

  test.each([
    ['from an unknown member', 'ghost', 1, 'UNKNOWN_MEMBER_ID'],
    ['of an old generation', 'member', 0, 'ILLEGAL_GENERATION'],
    ['of a generation to come', 'member', 2, 'ILLEGAL_GENERATION'],
  ])('%s it is answered %s', (_, who, generation, expected) => {
    const broker = new LoneBroker({ topics });
    const { ids } = gather(broker, [1], [[0]]);
    const id = who === 'member' ? ids[0] : who;
    expect(broker.ask<HeartbeatResponse>(heartbeat(id, generation))!.errorCode).toBe(expected);
  });

  test('a member that is silent for its session timeout is out, and the others rebalance', () => {
    const broker = new LoneBroker({ topics });
    const { ids } = gather(broker, [1, 2], [[0], [1, 2]], { sessionTimeoutMs: 10_000 });
    for (let beat = 0; beat < 3; beat++) {
      broker.wait(3000);
      broker.send(heartbeat(ids[0], 1), 1);
    }
    expect(groupOf(broker).state).toBe('Stable');
    broker.wait(1000);
    expect([...groupOf(broker).members.keys()]).toEqual([ids[0]]);
    expect(broker.factsOf('GroupRebalanceStarted').at(-1)).toMatchObject({
      detail: 'client-2 timed out',
      amount: 1,
    });
  });

  test('heartbeats cost no timer: a deadline moves, its timer stays', () => {
    const broker = new LoneBroker({ topics });
    const { ids } = gather(broker, [1], [[0]], { sessionTimeoutMs: 10_000 });
    const timers = () => broker.pending.filter(({ type }) => type === 'SessionTimedOut');
    const [first] = timers();
    expect(first.atMs).toBe(10_000);
    for (let beat = 0; beat < 3; beat++) {
      broker.wait(1000);
      broker.send(heartbeat(ids[0], 1), 1);
      expect(timers()).toEqual([first]);
    }
    broker.wait(1000);
    expect(timers()).toEqual([{ type: 'SessionTimedOut', atMs: 9000 + 10_000 }]);
  });

  test('who is parked in a join needs no heartbeat', () => {
    const broker = new LoneBroker({ topics });
    const { ids } = gather(broker, [1, 2], [[0], [1]], {
      sessionTimeoutMs: 10_000,
      rebalanceTimeoutMs: 300_000,
    });
    const options = { sessionTimeoutMs: 10_000, rebalanceTimeoutMs: 300_000 };
    broker.send(join(ids[0], options), 1);
    for (let beat = 0; beat < 10; beat++) {
      broker.wait(6000);
      broker.send(heartbeat(ids[1], 1), 2);
    }
    expect(groupOf(broker).members.has(ids[0])).toBe(true);
  });

  test('but a new member cannot be parked for more than five minutes', () => {
    const broker = new LoneBroker({ topics });
    const options = { sessionTimeoutMs: 10_000, rebalanceTimeoutMs: 600_000 };
    const { ids } = gather(broker, [1], [[0]], options);
    const joining = broker.send(join(idFor(broker, 2, options), options), 2);
    for (let beat = 0; beat < 50; beat++) {
      broker.wait(6000);
      broker.send(heartbeat(ids[0], 1), 1);
    }
    expect(broker.answerTo(joining)).toMatchObject({ errorCode: 'UNKNOWN_MEMBER_ID', memberId: '' });
    expect(broker.factsOf('MemberRemoved')).toMatchObject([{ detail: 'client-2 timed out' }]);
  });
});

describe('leaving', () => {
  test('starts a rebalance at once', () => {
    const broker = new LoneBroker({ topics });
    const { ids } = gather(broker, [1, 2], [[0], [1, 2]]);
    expect(broker.ask<LeaveGroupResponse>(leave(ids[1]), 2)).toMatchObject({ errorCode: 'NONE' });
    expect(groupOf(broker).state).toBe('PreparingRebalance');
    expect(broker.factsOf('GroupRebalanceStarted').at(-1)!.detail).toBe('client-2 left');
  });

  test('the last to leave empties the group, which keeps its generation count and its offsets', () => {
    const broker = new LoneBroker({ topics });
    const { ids } = gather(broker, [1], [[0]]);
    broker.ask(leave(ids[0]));
    expect(groupOf(broker)).toMatchObject({ state: 'Empty', generation: 2, leader: null, protocol: null });
    expect(broker.factsOf('GroupEmptied')).toMatchObject([{ subject: 'kafka/group/search', amount: 2 }]);
  });

  test('the oldest member left becomes leader', () => {
    const broker = new LoneBroker({ topics });
    const { ids } = gather(broker, [1, 2, 3], [[0], [1], [2]]);
    broker.ask(leave(ids[0]), 1);
    expect(groupOf(broker).leader).toBe(ids[1]);
  });

  test('an unknown member cannot leave', () => {
    const broker = new LoneBroker({ topics });
    expect(broker.ask<LeaveGroupResponse>(leave('ghost'))!.errorCode).toBe('UNKNOWN_MEMBER_ID');
  });

  test('a request behind a parked join waits for it: the group hears of the leave when the join is over', () => {
    const broker = new LoneBroker({ topics });
    const id = idFor(broker, 1);
    const joining = broker.send(join(id), 1);
    const leaving = broker.send(leave(id), 1);
    broker.wait(2999);
    expect(broker.answerTo(leaving)).toBeUndefined();
    broker.wait(1);
    expect(broker.answerTo(joining)).toMatchObject({ errorCode: 'NONE', generationId: 1 });
    expect(broker.answerTo(leaving)).toMatchObject({ errorCode: 'NONE' });
    expect(groupOf(broker).state).toBe('Empty');
  });

  test('and when the connection closes instead, what was sent on it still counts', () => {
    const broker = new LoneBroker({ topics });
    const id = idFor(broker, 1);
    broker.send(join(id), 1);
    broker.send(leave(id), 1);
    broker.close(1);
    expect(groupOf(broker).members.size).toBe(0);
  });
});
