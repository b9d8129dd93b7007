import { describe, expect, test } from 'vitest';
import type {
  DescribeShareGroupOffsetsResponse,
  IncrementalAlterConfigsResponse,
  ShareAcknowledgeResponse,
  ShareFetchRequest,
  ShareFetchResponse,
  ShareGroupDescribeResponse,
  ShareGroupHeartbeatResponse,
} from '../../../../src/brokers/kafka/protocol';
import { LoneBroker } from '../lone-broker';
import { produce } from '../requests';

function beat(
  broker: LoneBroker,
  memberId: string,
  memberEpoch: number,
  topics: readonly string[] | null = null,
) {
  return broker.ask<ShareGroupHeartbeatResponse>({
    ...{ type: 'ShareGroupHeartbeatRequest', clientId: memberId, groupId: 'tills', memberId, memberEpoch },
    subscribedTopicNames: topics,
  })!;
}

function setConfig(broker: LoneBroker, configs: Record<string, string>) {
  return broker.ask<IncrementalAlterConfigsResponse>({
    ...{ type: 'IncrementalAlterConfigsRequest', groups: [{ groupId: 'tills', configs }] },
  })!.responses[0].errorCode;
}

const place = (
  partitionIndex = 0,
  acknowledgementBatches: ShareFetchRequest['topics'][number]['partitions'][number]['acknowledgementBatches'] = [],
) => [{ topic: 'orders', partitions: [{ partitionIndex, acknowledgementBatches }] }];
const said = (type: number, firstOffset: number, lastOffset = firstOffset) => [
  { firstOffset, lastOffset, acknowledgeTypes: [type] },
];

function fetchOf(memberId: string, shareSessionEpoch: number, more: Partial<ShareFetchRequest> = {}) {
  return {
    ...({
      type: 'ShareFetchRequest',
      groupId: 'tills',
      memberId,
      shareSessionEpoch,
      maxWaitMs: 500,
    } as const),
    ...({
      minBytes: 1,
      maxBytes: 1_000_000,
      maxRecords: 500,
      shareAcquireMode: 0,
      isRenewAck: false,
    } as const),
    ...{ topics: shareSessionEpoch === 0 ? place() : [], forgottenTopics: [] },
    ...more,
  };
}

/** "0-2 (1)" of the first partition in the answer; its error when there is one. */
function given(response: ShareFetchResponse | undefined): string[] | string {
  if (!response) return 'parked';
  if (response.errorCode !== 'NONE') return response.errorCode;
  return response.responses.flatMap(({ partitions }) =>
    partitions.flatMap(({ acquiredRecords }) =>
      acquiredRecords.map(
        ({ deliveryCount, firstOffset, lastOffset }) => `${firstOffset}-${lastOffset} (${deliveryCount})`,
      ),
    ),
  );
}

/** A broker whose group "tills" begins with the first record. */
function tills(): LoneBroker {
  const broker = new LoneBroker();
  setConfig(broker, { 'share.auto.offset.reset': 'earliest' });
  return broker;
}

describe('membership', () => {
  test('a partition is assigned once the share coordinator knows of it, to everybody who comes', () => {
    const broker = new LoneBroker();
    expect(beat(broker, 'a', 0, ['orders'])).toMatchObject({ memberEpoch: 2, assignment: {} });
    expect(beat(broker, 'a', 2)).toMatchObject({ memberEpoch: 2, assignment: null });
    broker.wait(1000);
    expect(beat(broker, 'a', 2)).toMatchObject({ memberEpoch: 3, assignment: { orders: [0] } });
    broker.wait(1000);
    expect(beat(broker, 'b', 0, ['orders'])).toMatchObject({ memberEpoch: 4, assignment: { orders: [0] } });
    const { groups } = broker.ask<ShareGroupDescribeResponse>({
      ...{ type: 'ShareGroupDescribeRequest', groupIds: ['tills'] },
    })!;
    expect(groups[0]).toMatchObject({ groupState: 'Stable', groupEpoch: 4, assignorName: 'simple' });
  });

  test('three members share two partitions, each partition two of them', () => {
    const broker = new LoneBroker({ topics: [{ name: 'orders', partitions: 2 }] });
    const epochs = new Map(['a', 'b', 'c'].map((id) => [id, beat(broker, id, 0, ['orders']).memberEpoch]));
    const assigned = new Map<string, readonly number[]>();
    for (let round = 0; round < 4; round++) {
      broker.wait(1000);
      for (const [id, epoch] of epochs) {
        const { assignment, memberEpoch } = beat(broker, id, epoch);
        epochs.set(id, memberEpoch);
        if (assignment) assigned.set(id, assignment.orders ?? []);
      }
    }
    const all = [...assigned.values()].flat().sort();
    expect([assigned.size, all]).toEqual([3, [0, 0, 1, 1]]);
  });

  test('settings of a group keep within the broker’s bounds', () => {
    const broker = new LoneBroker();
    expect(setConfig(broker, { 'share.record.lock.duration.ms': '1000' })).toBe('INVALID_CONFIG');
    expect(setConfig(broker, { 'share.record.lock.duration.ms': '20000' })).toBe('NONE');
    expect(setConfig(broker, { 'share.no.such.thing': '1' })).toBe('INVALID_CONFIG');
  });
});

describe('fetching', () => {
  test('a group begins at the end of the log, unless it is told to begin at its start', () => {
    const broker = new LoneBroker();
    broker.send(produce([1, 2, 3]));
    const first = broker.send(fetchOf('a', 0));
    expect(broker.answerTo(first)).toBeUndefined();
    broker.send(produce([4]), 9);
    expect(given(broker.answerTo<ShareFetchResponse>(first))).toEqual(['3-3 (1)']);
    const other = tills();
    other.send(produce([1, 2, 3]));
    expect(given(other.ask(fetchOf('a', 0)))).toEqual(['0-2 (1)']);
  });

  test('waits for maxWaitMs, and what is sent behind it on its connection waits too', () => {
    const broker = tills();
    const fetch = broker.send(fetchOf('a', 0));
    const acknowledge = broker.send({
      ...{ type: 'ShareAcknowledgeRequest', groupId: 'tills', memberId: 'a', shareSessionEpoch: 1 },
      ...{ isRenewAck: false, topics: place(0, said(1, 0)) },
    });
    broker.wait(499);
    expect([broker.answerTo(fetch), broker.answerTo(acknowledge)]).toEqual([undefined, undefined]);
    broker.wait(1);
    expect(given(broker.answerTo<ShareFetchResponse>(fetch))).toEqual([]);
    const answer = broker.answerTo<ShareAcknowledgeResponse>(acknowledge)!;
    expect(answer.responses[0].partitions[0].errorCode).toBe('INVALID_RECORD_STATE');
  });

  test('acknowledges on the way, and who waits has what comes free', () => {
    const broker = tills();
    broker.send(produce([1, 2]));
    expect(given(broker.ask(fetchOf('a', 0), 1))).toEqual(['0-1 (1)']);
    const waiting = broker.send(fetchOf('b', 0), 2);
    broker.send(fetchOf('a', 1, { topics: place(0, said(2, 0)) }), 1);
    expect(given(broker.answerTo<ShareFetchResponse>(waiting))).toEqual(['0-0 (2)']);
    expect(broker.factsOf('RecordReleased')).toMatchObject([{ position: 0, amount: 1, detail: 'released' }]);
  });

  test('a session has its epochs, and goes with its connection', () => {
    const broker = tills();
    broker.send(produce([1]));
    expect(given(broker.ask(fetchOf('a', 1)))).toBe('SHARE_SESSION_NOT_FOUND');
    expect(given(broker.ask(fetchOf('a', 0)))).toEqual(['0-0 (1)']);
    expect(given(broker.ask(fetchOf('a', 3)))).toBe('INVALID_SHARE_SESSION_EPOCH');
    broker.close(1);
    expect(given(broker.ask(fetchOf('b', 0), 2))).toEqual(['0-0 (2)']);
    expect(given(broker.ask(fetchOf('a', 1), 3))).toBe('SHARE_SESSION_NOT_FOUND');
  });

  test('the last request of a session gives back what it does not accept', () => {
    const broker = tills();
    broker.send(produce([1, 2]));
    broker.ask(fetchOf('a', 0));
    broker.ask(fetchOf('a', -1, { topics: place(0, said(1, 1)), maxRecords: 0 }));
    expect(given(broker.ask(fetchOf('b', 0), 2))).toEqual(['0-0 (2)']);
  });
});

describe('time and crashes', () => {
  test('a lock ends after 30 s, and the record goes to who waits for it', () => {
    const broker = tills();
    broker.send(produce([1]));
    broker.ask(fetchOf('a', 0));
    broker.wait(29_900);
    const waiting = broker.send(fetchOf('b', 0), 2);
    broker.wait(100);
    expect(given(broker.answerTo<ShareFetchResponse>(waiting))).toEqual(['0-0 (2)']);
    expect(broker.factsOf('RecordReleased')).toMatchObject([{ detail: 'timed out' }]);
  });

  test('what was acknowledged stays so when the broker dies; locks and sessions do not', () => {
    const broker = tills();
    broker.send(produce([1, 2, 3]));
    broker.ask(fetchOf('a', 0));
    broker.ask({
      ...{ type: 'ShareAcknowledgeRequest', groupId: 'tills', memberId: 'a', shareSessionEpoch: 1 },
      ...{ isRenewAck: false, topics: place(0, said(1, 1)) },
    });
    broker.crash();
    broker.start();
    expect(given(broker.ask(fetchOf('a', 2)))).toBe('SHARE_SESSION_NOT_FOUND');
    expect(given(broker.ask(fetchOf('a', 0)))).toEqual(['0-0 (1)', '2-2 (1)']);
  });

  test('the start that is told is the one that was written', () => {
    const broker = tills();
    broker.send(produce([1, 2]));
    beat(broker, 'a', 0, ['orders']);
    const start = () =>
      broker.ask<DescribeShareGroupOffsetsResponse>({
        ...{ type: 'DescribeShareGroupOffsetsRequest', groups: [{ groupId: 'tills', topics: null }] },
      })!.groups[0].topics[0].partitions[0].startOffset;
    broker.ask(fetchOf('a', 0));
    expect(start()).toBe(-1);
    broker.send(fetchOf('a', 1, { topics: place(0, said(1, 0, 1)) }));
    expect(start()).toBe(0);
  });
});
