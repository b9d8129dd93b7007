import { describe, expect, test } from 'vitest';
import { part } from '../../../src/brokers/kafka/broker';
import type { Look } from '../../../src/kernel/part';
import type { Group, Lane } from '../../../src/kernel/shape';
import { ms } from '../../../src/kernel/time';
import { LoneBroker } from './lone-broker';
import { batchBytes, commit, gather, heartbeat, idFor, join, leave, produce, record } from './requests';

function look(broker: LoneBroker, { cells = 100, end = null as number | null } = {}) {
  const seen: Look = {
    now: ms(broker.nowMs),
    cells,
    rows: 0,
    laneEnd: () => end,
    face: (message) => ({ message, domain: 'order', label: `m${message}`, key: null, version: 1 }),
  };
  const { shapes } = part.describe!(broker.state, seen);
  return {
    lanes: shapes!.filter((shape): shape is Lane => shape.shape === 'lane'),
    groups: shapes!.filter((shape): shape is Group => shape.shape === 'group'),
  };
}
const offsets = (lane: Lane) => lane.cells.map(({ offset }) => offset);

describe('a partition as a lane', () => {
  test('shows its ends, and a cell for each record', () => {
    const broker = new LoneBroker({ topics: [{ name: 'orders', partitions: 1, retentionMs: 5000 }] });
    broker.ask(produce([7, record(8, { timestampMs: 20 })]));
    expect(look(broker).lanes).toMatchObject([
      {
        address: 'kafka/orders/0',
        place: 'orders',
        index: 0,
        logStart: 0,
        logEnd: 2,
        highWatermark: 2,
        retention: ms(5000),
        cells: [
          { offset: 0, timestamp: 0, face: { label: 'm7' } },
          { offset: 1, timestamp: ms(20), face: { label: 'm8' } },
        ],
        pointers: [],
      },
    ]);
  });

  test.each([
    ['the last ones when nothing else is asked for', { cells: 3 }, [7, 8, 9]],
    ['up to an offset', { cells: 3, end: 5 }, [2, 3, 4]],
    ['what there is of it near the start', { cells: 3, end: 2 }, [0, 1]],
    ['no more than there is', { cells: 99 }, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['nothing beyond the end', { cells: 2, end: 99 }, [8, 9]],
    ['nothing before the start', { cells: 2, end: -5 }, []],
  ])('shows only the cells on screen: %s', (_, window, expected) => {
    const broker = new LoneBroker();
    for (let first = 0; first < 10; first += 5) broker.ask(produce([0, 1, 2, 3, 4]));
    expect(offsets(look(broker, window).lanes[0])).toEqual(expected);
  });

  test('begins at the log start, also in the middle of a batch', () => {
    const broker = new LoneBroker();
    broker.ask(produce([0, 1, 2]));
    broker.ask({
      type: 'DeleteRecordsRequest',
      topics: [{ name: 'orders', partitions: [{ partitionIndex: 0, offset: 2 }] }],
    });
    expect(offsets(look(broker).lanes[0])).toEqual([2]);
  });

  test('a cell expires with its segment, and not before the segments ahead of it', () => {
    const topic = { name: 'orders', partitions: 1, retentionMs: 1000, segmentBytes: 2 * batchBytes(1) };
    const broker = new LoneBroker({ topics: [topic] });
    for (const timestampMs of [10, 90, 50, 60, 200]) broker.ask(produce([record(0, { timestampMs })]));
    const [lane] = look(broker).lanes;
    expect(lane.cells.map(({ expiresAt }) => expiresAt)).toEqual([1090, 1090, 1090, 1090, 1200].map(ms));
  });

  test('or with the next check, when the log is too large', () => {
    const topic = {
      name: 'orders',
      partitions: 1,
      retentionMs: null,
      retentionBytes: batchBytes(1),
      segmentBytes: batchBytes(1),
    };
    const broker = new LoneBroker({ topics: [topic] });
    for (const message of [0, 1, 2]) broker.ask(produce([message]));
    expect(look(broker).lanes[0].cells.map(({ expiresAt }) => expiresAt)).toEqual([
      ms(30_000),
      ms(30_000),
      null,
    ]);
  });

  test('has a flag for each group that has committed or reads there', () => {
    const broker = new LoneBroker();
    broker.ask(produce([0, 1, 2]));
    broker.ask(commit(1, { groupId: 'cache' }));
    const { ids } = gather(broker, [4], [[0]]);
    const flag = (group: string) => look(broker).lanes[0].pointers.find((pointer) => pointer.group === group);
    expect(flag('cache')).toMatchObject({ committed: 1, lag: 2, owner: null, position: null });
    expect(flag('search')).toMatchObject({ committed: null, lag: null, owner: 'client-4' });
    broker.ask(commit(3, { memberId: ids[0], generationId: 1 }));
    expect(flag('search')).toMatchObject({ committed: 3, lag: 0 });
  });

  test('shows no flag for the −1 and −2 that kafkajs commits before a reset', () => {
    const broker = new LoneBroker();
    broker.ask(commit(-2));
    expect(look(broker).lanes[0].pointers).toEqual([]);
  });
});

describe('a group', () => {
  const topics = [{ name: 'orders', partitions: 3 }];

  test('shows its members by process, what they own, when they are given up, and how far it is behind', () => {
    const broker = new LoneBroker({ topics });
    broker.ask(produce([0, 1, 2]));
    broker.ask(commit(1));
    const { ids } = gather(broker, [1, 2], [[0], [1, 2]], { sessionTimeoutMs: 10_000 });
    broker.wait(1000);
    broker.ask(heartbeat(ids[0], 1), 1);
    expect(look(broker).groups).toMatchObject([
      {
        address: 'kafka/group/search',
        name: 'search',
        state: 'Stable',
        generation: 1,
        protocol: 'RoundRobinAssigner',
        lag: 2,
        members: [
          { memberId: ids[0], process: 'client-1', owns: ['kafka/orders/0'], expiresAt: ms(17_000) },
          {
            memberId: ids[1],
            process: 'client-2',
            owns: ['kafka/orders/1', 'kafka/orders/2'],
            expiresAt: ms(16_000),
          },
        ],
      },
    ]);
  });

  test('in a rebalance a member owns what it had until it has joined again', () => {
    const broker = new LoneBroker({ topics });
    const { ids } = gather(broker, [1, 2], [[0], [1, 2]]);
    broker.send(join(idFor(broker, 3)), 3);
    broker.send(join(ids[0]), 1);
    const [group] = look(broker).groups;
    expect(group.state).toBe('PreparingRebalance');
    expect(group.members.map(({ owns }) => owns)).toEqual([[], ['kafka/orders/1', 'kafka/orders/2'], []]);
    // parked, so its session cannot end; a newcomer's can
    expect(group.members.map(({ expiresAt }) => expiresAt === null)).toEqual([true, false, false]);
    broker.send(join(ids[1]), 2);
    expect(look(broker).groups[0].members.every(({ owns }) => owns.length === 0)).toBe(true);
  });

  test('stays when it is empty', () => {
    const broker = new LoneBroker({ topics });
    const { ids } = gather(broker, [1], [[0]]);
    broker.ask(leave(ids[0]));
    expect(look(broker).groups).toMatchObject([{ state: 'Empty', members: [], protocol: '' }]);
  });
});
