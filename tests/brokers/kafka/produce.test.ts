import { describe, expect, test } from 'vitest';
import type { ProduceResponse } from '../../../src/brokers/kafka/protocol';
import { LoneBroker } from './lone-broker';
import { batchBytes, fetch, fetched, produce, record } from './requests';

const resultOf = (response: ProduceResponse | undefined) => response!.responses[0].partitionResponses[0];

describe('producing', () => {
  test('gives each record of a partition the next offset, and answers with the first of the batch', () => {
    const broker = new LoneBroker();
    const first = resultOf(broker.ask(produce([0, 1, 2])));
    const second = resultOf(broker.ask(produce([3, 4])));
    expect([first.baseOffset, second.baseOffset]).toEqual([0, 3]);
    expect(second).toMatchObject({ errorCode: 'NONE', logAppendTimeMs: -1, logStartOffset: 0 });
  });

  test('counts offsets in each partition for itself', () => {
    const broker = new LoneBroker({ topics: [{ name: 'orders', partitions: 2 }] });
    broker.ask(produce([0, 1]));
    expect(resultOf(broker.ask(produce([2], { partition: 1 }))).baseOffset).toBe(0);
  });

  test('writes one fact per record, in a row from the first one the answer names, caused by the record', () => {
    const broker = new LoneBroker();
    broker.ask(produce([10]));
    const { firstFact } = resultOf(broker.ask(produce([11, 12])));
    expect(firstFact).toBe(1);
    expect(broker.facts.map(({ atMs: _, ...fact }) => fact)).toEqual([
      {
        kind: 'accepted',
        type: 'RecordAppended',
        subject: 'kafka/orders/0',
        message: 10,
        position: 0,
        cause: 10,
      },
      {
        kind: 'accepted',
        type: 'RecordAppended',
        subject: 'kafka/orders/0',
        message: 11,
        position: 1,
        cause: 11,
      },
      {
        kind: 'accepted',
        type: 'RecordAppended',
        subject: 'kafka/orders/0',
        message: 12,
        position: 2,
        cause: 12,
      },
    ]);
  });

  test.each([
    { acks: 0 as const, answered: false },
    { acks: 1 as const, answered: true },
    { acks: -1 as const, answered: true },
  ])(
    'with acks $acks the record is in the log and readable at once, answered: $answered',
    ({ acks, answered }) => {
      const broker = new LoneBroker();
      const response = broker.ask(produce([5], { acks }));
      expect(response !== undefined).toBe(answered);
      expect(fetched(broker.ask(fetch(0)))).toEqual([[[0, 5]]]);
    },
  );

  test.each([
    ['a batch of exactly message.max.bytes', produce([record(0, { sizeBytes: 939 })]), 'NONE'],
    ['a batch one byte larger', produce([record(0, { sizeBytes: 940 })]), 'MESSAGE_TOO_LARGE'],
    [
      'two records that are small only one by one',
      produce([record(0, { sizeBytes: 500 }), record(1, { sizeBytes: 500 })]),
      'MESSAGE_TOO_LARGE',
    ],
    ['a batch without records', produce([]), 'INVALID_RECORD'],
    ['a timestamp an hour ahead', produce([record(0, { timestampMs: 3_600_000 })]), 'NONE'],
    [
      'a timestamp more than an hour ahead',
      produce([0, record(1, { timestampMs: 3_600_001 })]),
      'INVALID_TIMESTAMP',
    ],
    ['a topic that does not exist', produce([0], { topic: 'payments' }), 'UNKNOWN_TOPIC_OR_PARTITION'],
    ['a partition that does not exist', produce([0], { partition: 7 }), 'UNKNOWN_TOPIC_OR_PARTITION'],
    ['acks that mean nothing', produce([0], { acks: 2 as never }), 'INVALID_REQUIRED_ACKS'],
  ])('%s: answered %s', (_, request, errorCode) => {
    const broker = new LoneBroker({ options: { 'message.max.bytes': 1000 } });
    const result = resultOf(broker.ask(request));
    expect(result.errorCode).toBe(errorCode);
    const appended = broker.state.topics.get('orders')!.partitions[0].logEnd > 0;
    expect(appended).toBe(errorCode === 'NONE');
  });

  test('a batch never spans two segments, so it cannot be larger than one', () => {
    const broker = new LoneBroker({
      topics: [{ name: 'orders', partitions: 1, segmentBytes: batchBytes(2) }],
    });
    expect(resultOf(broker.ask(produce([0, 1]))).errorCode).toBe('NONE');
    expect(resultOf(broker.ask(produce([2, 3, 4]))).errorCode).toBe('RECORD_LIST_TOO_LARGE');
  });

  test('one bad partition does not harm the others of the request', () => {
    const broker = new LoneBroker();
    const [good] = produce([0]).topicData;
    const [bad] = produce([1], { topic: 'nowhere' }).topicData;
    const response = broker.ask<ProduceResponse>({ ...produce([0]), topicData: [good, bad] })!;
    expect(response.responses.map(({ partitionResponses }) => partitionResponses[0].errorCode)).toEqual([
      'NONE',
      'UNKNOWN_TOPIC_OR_PARTITION',
    ]);
  });

  test('with LogAppendTime the broker’s clock replaces the producer’s, and no timestamp is wrong', () => {
    const broker = new LoneBroker({ options: { 'log.message.timestamp.type': 'LogAppendTime' } });
    broker.wait(1500);
    const result = resultOf(broker.ask(produce([record(0, { timestampMs: 9_999_999_999 })])));
    expect(result).toMatchObject({ errorCode: 'NONE', logAppendTimeMs: 1500 });
    const [batch] = broker.state.topics.get('orders')!.partitions[0].log;
    expect([batch.maxTimestamp, batch.records[0].timestamp]).toEqual([1_500_000, 1_500_000]);
  });

  test('a refused record is in history with the reason', () => {
    const broker = new LoneBroker();
    broker.ask(produce([8], { topic: 'typo' }));
    expect(broker.factsOf('RecordRefused')).toEqual([
      {
        kind: 'refused',
        type: 'RecordRefused',
        subject: 'kafka/typo/0',
        message: 8,
        detail: 'UNKNOWN_TOPIC_OR_PARTITION',
        cause: 8,
      },
    ]);
  });
});

describe('segments', () => {
  const bases = (broker: LoneBroker) =>
    broker.state.topics.get('orders')!.partitions[0].segments.map(({ baseOffset }) => baseOffset);

  test('roll before a batch that would make them larger than segment.bytes', () => {
    const broker = new LoneBroker({
      topics: [{ name: 'orders', partitions: 1, segmentBytes: 2 * batchBytes(1) }],
    });
    for (const message of [0, 1, 2, 3, 4]) broker.ask(produce([message]));
    expect(bases(broker)).toEqual([0, 2, 4]);
  });

  test('roll by the time of the data, not of the clock: an old batch long afterwards stays in the segment', () => {
    const broker = new LoneBroker({ topics: [{ name: 'orders', partitions: 1, segmentMs: 1000 }] });
    broker.ask(produce([record(0, { timestampMs: 0 })]));
    broker.wait(60_000);
    broker.ask(produce([record(1, { timestampMs: 1000 })]));
    expect(bases(broker)).toEqual([0]);
    broker.ask(produce([record(2, { timestampMs: 1001 })]));
    expect(bases(broker)).toEqual([0, 2]);
  });
});
