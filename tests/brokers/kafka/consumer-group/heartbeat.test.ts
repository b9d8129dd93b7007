import { describe, expect, test } from 'vitest';
import type {
  ConsumerGroupDescribeResponse,
  DeleteGroupsResponse,
  JoinGroupResponse,
  ListGroupsResponse,
  OffsetCommitResponse,
  OffsetFetchResponse,
} from '../../../../src/brokers/kafka/protocol';
import { LoneBroker } from '../lone-broker';
import { join } from '../requests';
import { Member, settle } from './members';

const four = { topics: [{ name: 'orders', partitions: 4 }] };
const modernOf = (broker: LoneBroker) => broker.state.groups.get('search')!.modern!;

/** Two members that have what they are to have: a has 0 and 1, b 2 and 3. */
function pair(broker: LoneBroker): [Member, Member] {
  const a = new Member(broker, 'a');
  a.join();
  broker.wait(1000);
  const b = new Member(broker, 'b');
  b.join();
  settle(broker, [a, b]);
  return [a, b];
}

describe('joining', () => {
  test('the first member gets everything at once, at the second epoch', () => {
    const broker = new LoneBroker(four);
    expect(new Member(broker, 'a').join()).toMatchObject({
      errorCode: 'NONE',
      memberEpoch: 2,
      heartbeatIntervalMs: 5000,
      assignment: { orders: [0, 1, 2, 3] },
    });
  });

  test('who comes later gets a partition only when the owner has said that it gave it up', () => {
    const broker = new LoneBroker(four);
    const a = new Member(broker, 'a');
    a.join();
    broker.wait(1000);
    const b = new Member(broker, 'b');
    expect(b.join()).toMatchObject({ memberEpoch: 3, assignment: {} });
    expect(a.say({})).toMatchObject({ memberEpoch: 2, assignment: { orders: [0, 1] } });
    expect(b.say({})).toMatchObject({ memberEpoch: 3, assignment: null });
    expect(a.beat()).toMatchObject({ memberEpoch: 3, assignment: null });
    expect(b.say({})).toMatchObject({ memberEpoch: 3, assignment: { orders: [2, 3] } });
  });

  test('a new target is made once a second at most: who comes sooner waits for it', () => {
    const broker = new LoneBroker(four);
    const a = new Member(broker, 'a');
    a.join();
    const b = new Member(broker, 'b');
    expect(b.join()).toMatchObject({ memberEpoch: 2, assignment: {} });
    broker.wait(999);
    expect(a.say({})).toMatchObject({ memberEpoch: 2, assignment: null });
    broker.wait(1);
    expect(a.say({})).toMatchObject({ memberEpoch: 2, assignment: { orders: [0, 1] } });
  });

  test('a first request has to say everything', () => {
    const broker = new LoneBroker(four);
    const a = new Member(broker, 'a');
    for (const fields of [
      { rebalanceTimeoutMs: -1 },
      { subscribedTopicNames: null },
      { topicPartitions: null },
      { topicPartitions: { orders: [0] } },
      { memberId: '' },
    ])
      expect(a.join(fields).errorCode).toBe('INVALID_REQUEST');
    expect(a.join({ serverAssignor: 'sticky' }).errorCode).toBe('UNSUPPORTED_ASSIGNOR');
  });

  test('topics that come to exist or grow are given out at the next heartbeat', () => {
    const broker = new LoneBroker(four);
    const a = new Member(broker, 'a', ['orders', 'parcels']);
    a.join();
    expect(a.assignment).toEqual({ orders: [0, 1, 2, 3] });
    broker.ask({
      type: 'CreateTopicsRequest',
      topics: [{ name: 'parcels', numPartitions: 2, replicationFactor: 1, configs: {} }],
    });
    broker.wait(1000);
    a.say({});
    expect(a.assignment).toEqual({ orders: [0, 1, 2, 3], parcels: [0, 1] });
  });
});

describe('going', () => {
  test('who leaves frees what it had; the other has it with its next heartbeat', () => {
    const broker = new LoneBroker(four);
    const [a, b] = pair(broker);
    expect(a.leave()).toMatchObject({ errorCode: 'NONE', memberEpoch: -1 });
    broker.wait(1000);
    expect(b.say({})).toMatchObject({ memberEpoch: 4, assignment: { orders: [0, 1, 2, 3] } });
    expect(broker.factsOf('GroupRebalanceStarted').map(({ detail }) => detail)).toEqual([
      'a joined',
      'b joined',
      'a left',
    ]);
    expect(broker.factsOf('GroupRebalanced').at(-1)?.detail).toBe('b:0,1,2,3');
  });

  test('who is silent for the session timeout is out, and is told so when it comes back', () => {
    const broker = new LoneBroker(four);
    const [a, b] = pair(broker);
    for (let second = 0; second < 44; second++) {
      broker.wait(1000);
      b.say({});
    }
    expect(b.assignment).toEqual({ orders: [2, 3] });
    broker.wait(2000);
    b.say({});
    expect(b.assignment).toEqual({ orders: [0, 1, 2, 3] });
    expect(a.say({}).errorCode).toBe('UNKNOWN_MEMBER_ID');
  });

  test('who does not give up in its rebalance timeout is out, though it beats', () => {
    const broker = new LoneBroker(four);
    const a = new Member(broker, 'a');
    a.join({ rebalanceTimeoutMs: 10_000 });
    broker.wait(1000);
    const b = new Member(broker, 'b');
    b.join();
    for (let second = 0; second < 12; second++) {
      if (a.say({ topicPartitions: { orders: [0, 1, 2, 3] } }).errorCode !== 'NONE') break;
      broker.wait(1000);
    }
    expect(a.say({}).errorCode).toBe('UNKNOWN_MEMBER_ID');
    settle(broker, [b], 1);
    expect(b.assignment).toEqual({ orders: [0, 1, 2, 3] });
  });

  test('the last one leaves an empty group, which may be deleted', () => {
    const broker = new LoneBroker(four);
    const a = new Member(broker, 'a');
    a.join();
    const remove = { type: 'DeleteGroupsRequest', groupsNames: ['search'] } as const;
    expect(broker.ask<DeleteGroupsResponse>(remove)!.results[0].errorCode).toBe('NON_EMPTY_GROUP');
    a.leave();
    expect(broker.factsOf('GroupEmptied')).toHaveLength(1);
    expect(broker.ask<DeleteGroupsResponse>(remove)!.results[0].errorCode).toBe('NONE');
  });
});

describe('epochs', () => {
  test('a member that is ahead, or behind by more than a lost answer, is fenced and may join anew', () => {
    const broker = new LoneBroker(four);
    const [a] = pair(broker);
    expect(a.say({ memberEpoch: 9 }).errorCode).toBe('FENCED_MEMBER_EPOCH');
    expect(a.say({ memberEpoch: 1, topicPartitions: {} }).errorCode).toBe('FENCED_MEMBER_EPOCH');
    expect(a.say({ memberEpoch: 2, topicPartitions: { orders: [3] } }).errorCode).toBe('FENCED_MEMBER_EPOCH');
    expect(a.say({ memberEpoch: 2, topicPartitions: { orders: [0] } }).errorCode).toBe('NONE');
    expect(a.join().errorCode).toBe('NONE');
  });

  test('a commit of an older epoch counts for a partition that was the member’s all the while', () => {
    const broker = new LoneBroker(four);
    const [a, b] = pair(broker);
    const commit = (memberId: string, generationId: number, partitionIndex: number) =>
      broker.ask<OffsetCommitResponse>({
        ...{ type: 'OffsetCommitRequest', groupId: 'search', memberId, generationId },
        topics: [{ name: 'orders', partitions: [{ partitionIndex, committedOffset: 0 }] }],
      })!.topics[0].partitions[0].errorCode;
    expect(commit('a', a.epoch, 0)).toBe('NONE');
    expect(commit('a', a.epoch - 1, 0)).toBe('NONE');
    expect(commit('a', a.epoch - 1, 2)).toBe('STALE_MEMBER_EPOCH');
    expect(commit('b', b.epoch - 1, 2)).toBe('STALE_MEMBER_EPOCH');
    expect(commit('a', a.epoch + 1, 0)).toBe('STALE_MEMBER_EPOCH');
    expect(commit('', -1, 0)).toBe('UNKNOWN_MEMBER_ID');
  });

  test('what was committed is told to members of the present epoch, and to who is none', () => {
    const broker = new LoneBroker(four);
    const [a] = pair(broker);
    const fetch = (member?: { memberId: string; memberEpoch: number }) =>
      broker.ask<OffsetFetchResponse>({
        ...{ type: 'OffsetFetchRequest', groupId: 'search' },
        ...{ topics: [{ name: 'orders', partitionIndexes: [0] }], ...(member ? { member } : {}) },
      })!.errorCode;
    expect(fetch()).toBe('NONE');
    expect(fetch({ memberId: 'a', memberEpoch: a.epoch })).toBe('NONE');
    expect(fetch({ memberId: 'a', memberEpoch: a.epoch - 1 })).toBe('STALE_MEMBER_EPOCH');
    expect(fetch({ memberId: 'x', memberEpoch: 1 })).toBe('UNKNOWN_MEMBER_ID');
  });
});

describe('static members', () => {
  const named = (broker: LoneBroker, memberId: string, instanceId: string) =>
    new Member(broker, memberId, ['orders'], { instanceId });

  test('one that goes for a while and comes back has what it had, and nobody else hears of it', () => {
    const broker = new LoneBroker(four);
    const a = named(broker, 'a', 'till-1');
    a.join();
    broker.wait(1000);
    const b = named(broker, 'b', 'till-2');
    b.join();
    settle(broker, [a, b]);
    expect(a.leave(-2)).toMatchObject({ errorCode: 'NONE', memberEpoch: -2 });
    settle(broker, [b], 2);
    expect(b.assignment).toEqual({ orders: [2, 3] });
    const again = named(broker, 'a2', 'till-1');
    expect(again.join()).toMatchObject({ errorCode: 'NONE', memberEpoch: 3, assignment: { orders: [0, 1] } });
    expect(b.say({})).toMatchObject({ memberEpoch: 3, assignment: null });
    expect(a.say({ memberEpoch: 3 }).errorCode).toBe('FENCED_INSTANCE_ID');
  });

  test('a name that is in use is not given away', () => {
    const broker = new LoneBroker(four);
    named(broker, 'a', 'till-1').join();
    expect(named(broker, 'b', 'till-1').join().errorCode).toBe('UNRELEASED_INSTANCE_ID');
    expect([...modernOf(broker).members.keys()]).toEqual(['a']);
  });

  test('one that does not come back is out when its session ends', () => {
    const broker = new LoneBroker(four);
    const a = named(broker, 'a', 'till-1');
    a.join();
    a.leave(-2);
    broker.wait(45_000);
    expect(modernOf(broker).members.size).toBe(0);
  });
});

describe('beside groups of the classic protocol', () => {
  test('neither joins the other kind while it has members', () => {
    const broker = new LoneBroker(four);
    new Member(broker, 'a').join();
    expect(broker.ask<JoinGroupResponse>(join(''))!.errorCode).toBe('INCONSISTENT_GROUP_PROTOCOL');
    const classic = new LoneBroker(four);
    const { memberId } = classic.ask<JoinGroupResponse>(join(''))!;
    classic.send(join(memberId), 2);
    expect(new Member(classic, 'a').join().errorCode).toBe('GROUP_ID_NOT_FOUND');
  });

  test('a group that only has offsets becomes one of the consumer protocol with them', () => {
    const broker = new LoneBroker(four);
    broker.ask({
      ...{ type: 'OffsetCommitRequest', groupId: 'search', memberId: '', generationId: -1 },
      topics: [{ name: 'orders', partitions: [{ partitionIndex: 1, committedOffset: 0 }] }],
    });
    new Member(broker, 'a').join();
    expect(broker.state.groups.get('search')!.offsets.size).toBe(1);
    const { groups } = broker.ask<ListGroupsResponse>({ type: 'ListGroupsRequest' })!;
    expect(groups).toEqual([{ groupId: 'search', protocolType: 'consumer', groupType: 'consumer' }]);
  });
});

describe('the broker', () => {
  test('says who has what, and who is to have it', () => {
    const broker = new LoneBroker(four);
    const a = new Member(broker, 'a');
    a.join();
    broker.wait(1000);
    new Member(broker, 'b').join();
    const { groups } = broker.ask<ConsumerGroupDescribeResponse>({
      ...{ type: 'ConsumerGroupDescribeRequest', groupIds: ['search', 'nobody'] },
    })!;
    expect(groups[0]).toMatchObject({
      ...{ groupState: 'Reconciling', groupEpoch: 3, assignmentEpoch: 3, assignorName: 'uniform' },
      members: [
        {
          memberId: 'a',
          memberEpoch: 2,
          assignment: { orders: [0, 1, 2, 3] },
          targetAssignment: { orders: [0, 1] },
        },
        { memberId: 'b', memberEpoch: 3, assignment: {}, targetAssignment: { orders: [2, 3] } },
      ],
    });
    expect(groups[1].errorCode).toBe('GROUP_ID_NOT_FOUND');
  });

  test('finds the group again after a crash, and gives every member a session to be heard of', () => {
    const broker = new LoneBroker(four);
    const [a, b] = pair(broker);
    broker.crash();
    broker.start();
    expect(a.say({})).toMatchObject({ errorCode: 'NONE', memberEpoch: 3, assignment: null });
    broker.wait(46_000);
    expect(b.say({}).errorCode).toBe('UNKNOWN_MEMBER_ID');
  });
});
