import { describe, expect, test } from 'vitest';
import type { ListOffsetsResponse } from '../../../src/brokers/kafka/protocol';
import { LoneBroker } from './lone-broker';
import { batchBytes, listOffsets, produce, record } from './requests';

const latest = -1;
const earliest = -2;

function ask(broker: LoneBroker, timestamp: number, topic = 'orders') {
  const {
    errorCode,
    timestamp: at,
    offset,
  } = broker.ask<ListOffsetsResponse>(listOffsets(timestamp, { topic }))!.topics[0].partitions[0];
  return { errorCode, at, offset };
}

/** Records at 100, 300, 200 and 400 ms in segments of two. */
function unordered(): LoneBroker {
  const broker = new LoneBroker({
    topics: [{ name: 'orders', partitions: 1, segmentBytes: 2 * batchBytes(1) }],
  });
  for (const timestampMs of [100, 300, 200, 400]) broker.ask(produce([record(0, { timestampMs })]));
  return broker;
}

describe('ListOffsets', () => {
  test.each([
    ['latest is the next offset to be read', latest, { at: -1, offset: 4 }],
    ['earliest is the log start', earliest, { at: -1, offset: 0 }],
    ['a time before all records: the first', 0, { at: 100, offset: 0 }],
    ['a time between records: the first that is not earlier, in offset order', 150, { at: 300, offset: 1 }],
    ['an exact time', 400, { at: 400, offset: 3 }],
    ['a time after all records: nothing', 401, { at: -1, offset: -1 }],
  ])('%s', (_, timestamp, expected) => {
    expect(ask(unordered(), timestamp)).toEqual({ errorCode: 'NONE', ...expected });
  });

  test('an empty log begins and ends at 0', () => {
    const broker = new LoneBroker();
    expect([ask(broker, earliest).offset, ask(broker, latest).offset, ask(broker, 0).offset]).toEqual([
      0, 0, -1,
    ]);
  });

  test('what is deleted is not found any more', () => {
    const broker = new LoneBroker();
    broker.ask(produce([record(0, { timestampMs: 100 }), record(1, { timestampMs: 200 })]));
    broker.ask({
      type: 'DeleteRecordsRequest',
      topics: [{ name: 'orders', partitions: [{ partitionIndex: 0, offset: 1 }] }],
    });
    expect([ask(broker, earliest).offset, ask(broker, 50)]).toEqual([
      1,
      { errorCode: 'NONE', at: 200, offset: 1 },
    ]);
  });

  test('the topic must exist', () => {
    expect(ask(unordered(), latest, 'nowhere').errorCode).toBe('UNKNOWN_TOPIC_OR_PARTITION');
  });
});
