import { describe, expect, test } from 'vitest';
import type { TopicOptions } from '../../../src/brokers/kafka/options';
import type { DeleteRecordsResponse } from '../../../src/brokers/kafka/protocol';
import { LoneBroker } from './lone-broker';
import { batchBytes, fetch, fetched, produce, record } from './requests';

const minute = 60_000;
/** The first check comes 30 s after the start, the others every five minutes. */
const firstCheck = 30_000;
const checks = (count: number) => firstCheck + count * 5 * minute;

function brokerWith(topic: Partial<TopicOptions>): LoneBroker {
  return new LoneBroker({ topics: [{ name: 'orders', partitions: 1, ...topic }] });
}

/** One record per batch, stamped with the present time. */
function add(broker: LoneBroker, ...messages: number[]): void {
  for (const message of messages) broker.ask(produce([record(message, { timestampMs: broker.nowMs })]));
}

const partitionOf = (broker: LoneBroker) => broker.state.topics.get('orders')!.partitions[0];

describe('retention by time', () => {
  test('a record outlives retention.ms until the next check, which rolls and deletes even the active segment', () => {
    const broker = brokerWith({ retentionMs: 1000 });
    broker.wait(40_000);
    add(broker, 1, 2);
    broker.wait(10_000);
    expect(fetched(broker.ask(fetch(0)))).toEqual([
      [
        [0, 1],
        [1, 2],
      ],
    ]);
    broker.wait(checks(1) - broker.nowMs);
    expect(partitionOf(broker)).toMatchObject({ logStart: 2, logEnd: 2, highWatermark: 2 });
    expect(fetched(broker.ask(fetch(0)))).toEqual(['OFFSET_OUT_OF_RANGE']);
  });

  test('says which offsets are gone', () => {
    const broker = brokerWith({ retentionMs: 1000 });
    add(broker, 1, 2, 3);
    broker.wait(checks(1));
    expect(broker.factsOf('SegmentDeleted')).toMatchObject([
      { kind: 'expired', subject: 'kafka/orders/0', position: 0, amount: 3 },
    ]);
    expect(broker.facts.find(({ kind }) => kind === 'expired')?.atMs).toBe(firstCheck);
  });

  test('takes whole segments: an old record stays as long as a young one lies in its segment', () => {
    const broker = brokerWith({ retentionMs: minute, segmentBytes: 2 * batchBytes(1) });
    add(broker, 0);
    broker.wait(firstCheck + 4 * minute);
    add(broker, 1, 2);
    broker.wait(2 * minute);
    expect(partitionOf(broker).logStart).toBe(0);
    broker.wait(5 * minute);
    expect(partitionOf(broker).logStart).toBe(3);
    expect(broker.factsOf('SegmentDeleted').map(({ position, amount }) => [position, amount])).toEqual([
      [0, 2],
      [2, 1],
    ]);
  });

  test('a record from the future holds back its segment and all that follow', () => {
    const broker = brokerWith({ retentionMs: minute, segmentBytes: batchBytes(1) });
    broker.ask(produce([record(0, { timestampMs: 30 * minute })]));
    add(broker, 1, 2);
    broker.wait(checks(5));
    expect(partitionOf(broker).logStart).toBe(0);
    broker.wait(checks(2));
    expect(partitionOf(broker).logStart).toBe(3);
  });

  test('offsets go on where they were after everything is deleted', () => {
    const broker = brokerWith({ retentionMs: 1000 });
    add(broker, 1, 2);
    broker.wait(checks(1));
    add(broker, 3);
    expect(fetched(broker.ask(fetch(2)))).toEqual([[[2, 3]]]);
  });

  test.each([
    ['retention null', { retentionMs: null }],
    ['an empty log', { retentionMs: 1000 }],
  ])('%s: no check is ever set', (_, topic) => {
    const broker = brokerWith(topic);
    if (topic.retentionMs === null) add(broker, 1);
    expect(broker.pending).toEqual([]);
  });

  test('a long retention sets one timer, for the first check that can find anything', () => {
    const broker = brokerWith({});
    add(broker, 1, 2, 3);
    const week = 7 * 24 * 60 * minute;
    // the week after the records is over between two checks
    expect(broker.pending).toEqual([{ type: 'CheckRetention', atMs: firstCheck + week }]);
    broker.wait(week + firstCheck);
    expect(partitionOf(broker).logStart).toBe(3);
    expect(broker.pending).toEqual([]);
  });
});

describe('retention by size', () => {
  test('deletes the oldest segments without which there is still retention.bytes', () => {
    const broker = brokerWith({
      retentionMs: null,
      retentionBytes: 3 * batchBytes(1),
      segmentBytes: batchBytes(1),
    });
    add(broker, 0, 1, 2);
    expect(broker.pending).toEqual([]);
    add(broker, 3, 4);
    expect(broker.pending).toEqual([{ type: 'CheckRetention', atMs: firstCheck }]);
    broker.wait(firstCheck);
    expect(partitionOf(broker)).toMatchObject({ logStart: 2, logEnd: 5 });
  });

  test('never goes below it: a log of one large segment may be larger than allowed', () => {
    const broker = brokerWith({ retentionMs: null, retentionBytes: batchBytes(1) });
    add(broker, 0, 1, 2, 3);
    broker.wait(checks(3));
    expect(partitionOf(broker).logStart).toBe(0);
  });

  test('with retention.bytes 0 everything goes', () => {
    const broker = brokerWith({ retentionMs: null, retentionBytes: 0 });
    add(broker, 0, 1);
    broker.wait(checks(1));
    expect(partitionOf(broker)).toMatchObject({ logStart: 2, logEnd: 2 });
  });
});

describe('DeleteRecords', () => {
  const deleteBefore = (broker: LoneBroker, offset: number, topic = 'orders') =>
    broker.ask<DeleteRecordsResponse>({
      type: 'DeleteRecordsRequest',
      topics: [{ name: topic, partitions: [{ partitionIndex: 0, offset }] }],
    })!.topics[0].partitions[0];

  test.each([
    ['raises the log start at once', 3, { errorCode: 'NONE', lowWatermark: 3 }],
    ['−1 means up to the high watermark', -1, { errorCode: 'NONE', lowWatermark: 5 }],
    ['cannot go beyond it', 6, { errorCode: 'OFFSET_OUT_OF_RANGE', lowWatermark: -1 }],
    ['takes no other negative number', -2, { errorCode: 'OFFSET_OUT_OF_RANGE', lowWatermark: -1 }],
  ])('%s', (_, offset, expected) => {
    const broker = brokerWith({});
    add(broker, 0, 1, 2, 3, 4);
    expect(deleteBefore(broker, offset)).toMatchObject(expected);
  });

  test('below the log start it changes nothing and is no error', () => {
    const broker = brokerWith({});
    add(broker, 0, 1, 2);
    deleteBefore(broker, 2);
    expect(deleteBefore(broker, 1)).toMatchObject({ errorCode: 'NONE', lowWatermark: 2 });
    expect(broker.factsOf('RecordsDeleted')).toMatchObject([{ position: 0, amount: 2 }]);
  });

  test('the topic must exist', () => {
    expect(deleteBefore(brokerWith({}), 0, 'nowhere').errorCode).toBe('UNKNOWN_TOPIC_OR_PARTITION');
  });

  test('may cut a batch in two: what is left of it is still sent whole, and the client skips the rest', () => {
    const broker = brokerWith({});
    broker.ask(produce([0, 1, 2]));
    deleteBefore(broker, 2);
    expect(fetched(broker.ask(fetch(2)))).toEqual([
      [
        [0, 0],
        [1, 1],
        [2, 2],
      ],
    ]);
    expect(fetched(broker.ask(fetch(1)))).toEqual(['OFFSET_OUT_OF_RANGE']);
  });

  test('segments below the new log start go with the next check, and are not reported twice', () => {
    const broker = brokerWith({ segmentBytes: batchBytes(1) });
    add(broker, 0, 1, 2, 3);
    deleteBefore(broker, 3);
    expect(partitionOf(broker).segments).toHaveLength(4);
    broker.wait(firstCheck);
    expect(partitionOf(broker).segments).toHaveLength(1);
    expect(broker.facts.filter(({ kind }) => kind === 'expired')).toHaveLength(1);
  });
});
