import { describe, expect, test } from 'vitest';
import type { FetchResponse } from '../../../src/brokers/kafka/protocol';
import { LoneBroker } from './lone-broker';
import { batchBytes, fetch, fetched, heartbeat, produce } from './requests';

const twoPartitions = { topics: [{ name: 'orders', partitions: 2 }] };
const both = [{ fetchOffset: 0 }, { fetchOffset: 0, partition: 1 }];

describe('fetching what is there', () => {
  test('brings everything from the offset on, in order', () => {
    const broker = new LoneBroker();
    for (const message of [10, 11, 12]) broker.ask(produce([message]));
    expect(fetched(broker.ask(fetch(1)))).toEqual([
      [
        [1, 11],
        [2, 12],
      ],
    ]);
  });

  test('brings whole batches: the first may begin before the offset asked for', () => {
    const broker = new LoneBroker();
    broker.ask(produce([10, 11, 12]));
    expect(fetched(broker.ask(fetch(2)))).toEqual([
      [
        [0, 10],
        [1, 11],
        [2, 12],
      ],
    ]);
  });

  test('says how far the log reaches', () => {
    const broker = new LoneBroker();
    broker.ask(produce([0, 1, 2]));
    const response = broker.ask<FetchResponse>(fetch(0))!;
    expect(response.responses[0].partitions[0]).toMatchObject({
      highWatermark: 3,
      lastStableOffset: 3,
      logStartOffset: 0,
    });
  });

  test('at the log end there is nothing, and nothing wrong', () => {
    const broker = new LoneBroker();
    broker.ask(produce([0]));
    expect(fetched(broker.ask(fetch(1)))).toEqual([[]]);
  });

  test.each([
    ['partition limit: two batches fit', { partitionMaxBytes: 2 * batchBytes(1) }, 2],
    ['partition limit: one byte short of two', { partitionMaxBytes: 2 * batchBytes(1) - 1 }, 1],
    [
      'a batch larger than every limit still comes, so that no consumer is stuck',
      { maxBytes: 1, partitionMaxBytes: 1 },
      1,
    ],
    ['request limit', { maxBytes: 3 * batchBytes(1) }, 3],
  ])('%s', (_, limits, count) => {
    const broker = new LoneBroker();
    for (const message of [0, 1, 2, 3]) broker.ask(produce([message]));
    const [got] = fetched(broker.ask(fetch(0, limits)));
    expect(got).toHaveLength(count);
  });

  test('the first partition of a request may use up its bytes: the next gets none', () => {
    const broker = new LoneBroker(twoPartitions);
    broker.ask(produce([0]));
    broker.ask(produce([1], { partition: 1 }));
    expect(fetched(broker.ask(fetch(both, { maxBytes: batchBytes(1) })))).toEqual([[[0, 0]], []]);
  });

  test('one read never crosses into the next segment', () => {
    const broker = new LoneBroker({
      topics: [{ name: 'orders', partitions: 1, segmentBytes: 2 * batchBytes(1) }],
    });
    for (const message of [0, 1, 2, 3]) broker.ask(produce([message]));
    expect(fetched(broker.ask(fetch(0)))).toEqual([
      [
        [0, 0],
        [1, 1],
      ],
    ]);
  });

  test.each([
    ['beyond the log end', 9],
    ['before the log start', 0],
  ])('an offset %s is OFFSET_OUT_OF_RANGE at once, however long the request would wait', (_, offset) => {
    const broker = new LoneBroker();
    broker.ask(produce([0, 1, 2]));
    broker.ask({
      type: 'DeleteRecordsRequest',
      topics: [{ name: 'orders', partitions: [{ partitionIndex: 0, offset: 1 }] }],
    });
    expect(fetched(broker.ask(fetch(offset, { maxWaitMs: 5000 })))).toEqual(['OFFSET_OUT_OF_RANGE']);
    expect(broker.factsOf('FetchRefused')).toMatchObject([
      { subject: 'kafka/orders/0', position: offset, group: 'search', detail: 'OFFSET_OUT_OF_RANGE' },
    ]);
  });

  test('a partition that does not exist is reported, but the others are still waited for', () => {
    const broker = new LoneBroker();
    const id = broker.send(fetch([{ partition: 5 }, { fetchOffset: 0 }], { maxWaitMs: 5000 }));
    expect(broker.answerTo(id)).toBeUndefined();
    broker.ask(produce([3]), 2);
    expect(fetched(broker.answerTo(id))).toEqual(['UNKNOWN_TOPIC_OR_PARTITION', [[0, 3]]]);
  });

  test('if none of them exists the answer comes at once', () => {
    const broker = new LoneBroker();
    expect(fetched(broker.ask(fetch([{ topic: 'nowhere' }], { maxWaitMs: 5000 })))).toEqual([
      'UNKNOWN_TOPIC_OR_PARTITION',
    ]);
  });
});

describe('waiting for data', () => {
  test('a fetch at the log end waits until a record is appended', () => {
    const broker = new LoneBroker();
    const id = broker.send(fetch(0, { maxWaitMs: 5000 }));
    broker.wait(1234);
    expect(broker.answerTo(id)).toBeUndefined();
    broker.ask(produce([7]), 2);
    expect(fetched(broker.answerTo(id))).toEqual([[[0, 7]]]);
    expect(broker.pending).toMatchObject([{ type: 'CheckRetention' }]);
  });

  test('the producer is answered before the waiting consumer', () => {
    const broker = new LoneBroker();
    broker.send(fetch(0, { maxWaitMs: 5000 }), 1);
    broker.send(produce([7]), 2);
    expect(broker.answers.map(({ message }) => message.type)).toEqual(['ProduceResponse', 'FetchResponse']);
  });

  test('after maxWaitMs the answer comes with nothing in it', () => {
    const broker = new LoneBroker();
    broker.send(fetch(0, { maxWaitMs: 500 }));
    broker.wait(10_000);
    expect(broker.answers).toMatchObject([{ atMs: 500, message: { type: 'FetchResponse' } }]);
    expect(broker.facts).toEqual([]);
  });

  test('with minBytes it waits until enough has come, over all its partitions', () => {
    const broker = new LoneBroker(twoPartitions);
    const id = broker.send(fetch(both, { maxWaitMs: 5000, minBytes: 3 * batchBytes(1) }));
    broker.ask(produce([0]), 2);
    broker.ask(produce([1], { partition: 1 }), 2);
    expect(broker.answerTo(id)).toBeUndefined();
    broker.ask(produce([2]), 2);
    expect(fetched(broker.answerTo(id))).toEqual([
      [
        [0, 0],
        [1, 2],
      ],
      [[0, 1]],
    ]);
  });

  test('bytes that were there already count', () => {
    const broker = new LoneBroker();
    broker.ask(produce([0]), 2);
    const id = broker.send(fetch(0, { maxWaitMs: 5000, minBytes: 2 * batchBytes(1) }));
    expect(broker.answerTo(id)).toBeUndefined();
    broker.ask(produce([1]), 2);
    expect(broker.answerTo(id)).toBeDefined();
  });

  test('of each partition only as many bytes count as the request would take from it', () => {
    const broker = new LoneBroker(twoPartitions);
    const limits = { maxWaitMs: 5000, minBytes: 2 * batchBytes(1), partitionMaxBytes: batchBytes(1) };
    const id = broker.send(fetch(both, limits));
    for (const message of [0, 1, 2, 3]) broker.ask(produce([message]), 2);
    expect(broker.answerTo(id)).toBeUndefined();
    broker.ask(produce([4], { partition: 1 }), 2);
    expect(broker.answerTo(id)).toBeDefined();
  });

  test('a fetch in an older segment is never made to wait for more: there is none to come', () => {
    const broker = new LoneBroker({
      topics: [{ name: 'orders', partitions: 1, segmentBytes: 2 * batchBytes(1) }],
    });
    for (const message of [0, 1, 2]) broker.ask(produce([message]), 2);
    expect(fetched(broker.ask(fetch(1, { maxWaitMs: 5000, minBytes: 100_000 })))).toEqual([[[1, 1]]]);
  });

  test('minBytes above the request’s own limit means: as much as fits', () => {
    const broker = new LoneBroker();
    broker.ask(produce([0]), 2);
    const limits = { maxWaitMs: 5000, minBytes: 1_000_000, maxBytes: batchBytes(1) };
    expect(fetched(broker.ask(fetch(0, limits)))).toEqual([[[0, 0]]]);
  });

  test('several consumers wait for one record, and each gets it', () => {
    const broker = new LoneBroker();
    const ids = [1, 2, 3].map((connection) => broker.send(fetch(0, { maxWaitMs: 5000 }), connection));
    broker.send(produce([7]), 9);
    expect(ids.map((id) => fetched(broker.answerTo(id)))).toEqual([[[[0, 7]]], [[[0, 7]]], [[[0, 7]]]]);
  });

  test('a fetch whose connection closes is forgotten with its timer', () => {
    const broker = new LoneBroker();
    broker.send(fetch(0, { maxWaitMs: 5000 }), 1);
    broker.close(1);
    expect(broker.pending).toEqual([]);
    broker.send(produce([7]), 2);
    expect(broker.answers.map(({ connection }) => connection)).toEqual([2]);
  });
});

describe('one request of a connection at a time', () => {
  test('a second fetch waits for the answer to the first', () => {
    const broker = new LoneBroker();
    broker.send(fetch(0, { maxWaitMs: 500 }));
    const second = broker.send(fetch(0));
    expect(broker.answerTo(second)).toBeUndefined();
    broker.wait(500);
    expect(broker.answers.map(({ message }) => message.correlationId)).toEqual([second - 1, second]);
  });

  test('and may have to wait for data again in its turn', () => {
    const broker = new LoneBroker();
    const ids = [1, 2, 3].map(() => broker.send(fetch(0, { maxWaitMs: 500 })));
    broker.wait(2000);
    expect(ids.map((id) => broker.answers.find(({ message }) => message.correlationId === id)?.atMs)).toEqual(
      [500, 1000, 1500],
    );
  });

  test('but a waiting fetch holds up nothing else: clients keep a connection of its own for it', () => {
    const broker = new LoneBroker();
    broker.send(fetch(0, { maxWaitMs: 5000 }));
    expect(broker.ask(heartbeat('nobody', 1))).toMatchObject({ errorCode: 'UNKNOWN_MEMBER_ID' });
  });

  test('fetches that wait their turn go with their connection', () => {
    const broker = new LoneBroker();
    broker.send(fetch(0, { maxWaitMs: 5000 }));
    broker.send(fetch(0, { maxWaitMs: 5000 }));
    broker.close(1);
    broker.wait(20_000);
    expect(broker.answers).toEqual([]);
  });
});
