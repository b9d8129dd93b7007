import { describe, expect, test } from 'vitest';
import type { HeartbeatResponse } from '../../../src/brokers/kafka/protocol';
import { LoneBroker } from './lone-broker';
import {
  batchBytes,
  commit,
  committed,
  fetch,
  fetched,
  gather,
  heartbeat,
  idFor,
  join,
  leave,
  produce,
  record,
  sync,
} from './requests';

const topics = [{ name: 'orders', partitions: 3 }];
const minute = 60_000;
const groupOf = (broker: LoneBroker) => broker.state.groups.get('search')!;

function restart(broker: LoneBroker, downMs = 1000): void {
  broker.crash();
  broker.nowMs += downMs;
  broker.start();
}

describe('a broker that crashes and starts again', () => {
  test('has its records, its topics and the committed offsets', () => {
    const broker = new LoneBroker({ topics });
    broker.ask(produce([1, 2]));
    broker.ask(commit(1));
    restart(broker);
    expect(fetched(broker.ask(fetch(0)))).toEqual([
      [
        [0, 1],
        [1, 2],
      ],
    ]);
    expect(committed(broker)).toBe(1);
    broker.ask(produce([3]));
    expect(fetched(broker.ask(fetch(2)))).toEqual([[[2, 3]]]);
  });

  test('knows the members of its stable groups, who have a session timeout to be heard of', () => {
    const broker = new LoneBroker({ topics });
    const { ids } = gather(broker, [1, 2], [[0], [1, 2]], { sessionTimeoutMs: 10_000 });
    restart(broker, 60_000);
    expect(broker.ask<HeartbeatResponse>(heartbeat(ids[0], 1), 11)!.errorCode).toBe('NONE');
    expect(broker.ask(sync(ids[1], 1), 12)).toMatchObject({
      errorCode: 'NONE',
      assignment: { orders: [1, 2] },
    });
    broker.wait(9000);
    broker.ask(heartbeat(ids[0], 1), 11);
    broker.wait(1000);
    expect([...groupOf(broker).members.keys()]).toEqual([ids[0]]);
  });

  test('has forgotten a rebalance that was under way: the generation before it counts again', () => {
    const broker = new LoneBroker({ topics });
    const { ids } = gather(broker, [1], [[0, 1, 2]]);
    const newcomer = idFor(broker, 2);
    broker.send(join(newcomer), 2);
    broker.send(join(ids[0]), 1);
    expect(groupOf(broker)).toMatchObject({ state: 'CompletingRebalance', generation: 2 });
    restart(broker);
    expect(groupOf(broker)).toMatchObject({ state: 'Stable', generation: 1, leader: ids[0] });
    expect(broker.ask(heartbeat(newcomer, 2), 2)).toMatchObject({ errorCode: 'UNKNOWN_MEMBER_ID' });
    expect(broker.ask(heartbeat(ids[0], 2), 1)).toMatchObject({ errorCode: 'ILLEGAL_GENERATION' });
  });

  test('remembers of a member only the protocol the group had chosen', () => {
    const broker = new LoneBroker({ topics });
    const { ids } = gather(broker, [1, 2], [[0], [1]], { protocols: ['range', 'roundrobin'] });
    restart(broker);
    // so a follower that rejoins with both seems to have changed
    broker.send(join(ids[1], { protocols: ['range', 'roundrobin'] }), 12);
    expect(groupOf(broker).state).toBe('PreparingRebalance');
  });

  test('knows an empty group and its generation, and one that only stored offsets', () => {
    const broker = new LoneBroker({ topics });
    const { ids } = gather(broker, [1], [[0]]);
    broker.ask(leave(ids[0]));
    broker.ask(commit(1, { groupId: 'admin' }));
    restart(broker);
    expect(groupOf(broker)).toMatchObject({ state: 'Empty', generation: 2, protocolType: 'consumer' });
    expect(broker.state.groups.get('admin')).toMatchObject({ state: 'Empty', protocolType: null });
    broker.wait(7 * 24 * 60 * minute + 10 * minute);
    expect(broker.state.groups.size).toBe(0);
  });

  test('answers nothing that was asked before', () => {
    const broker = new LoneBroker({ topics });
    broker.send(fetch(0, { maxWaitMs: 60_000 }), 1);
    broker.send(join(idFor(broker, 2)), 2);
    const before = broker.answers.length;
    restart(broker);
    broker.ask(produce([1]), 3);
    broker.wait(120_000);
    expect(broker.answers.slice(before).map(({ connection }) => connection)).toEqual([3]);
  });

  test('counts its retention checks from the new start', () => {
    const broker = new LoneBroker({
      topics: [{ name: 'orders', partitions: 1, retentionMs: 1000, segmentBytes: batchBytes(1) }],
    });
    broker.ask(produce([record(0)]));
    restart(broker, 7000);
    expect(broker.pending).toEqual([{ type: 'CheckRetention', atMs: 37_000 }]);
    broker.wait(30_000);
    expect(broker.factsOf('SegmentDeleted')).toHaveLength(1);
  });
});
