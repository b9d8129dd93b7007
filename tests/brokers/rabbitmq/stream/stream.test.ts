/** One sentence per behaviour of streams. */
import { describe, expect, test } from 'vitest';
import { ms } from '../../../../src/kernel/time';
import type { FieldTable, FieldValue } from '../../../../src/brokers/rabbitmq/protocol';
import type { ConsumerSpec, Version } from '../../../../src/brokers/rabbitmq/queue-type';
import { streamQueue } from '../../../../src/brokers/rabbitmq/stream/stream-queue';
import { BarePort, channel, consumer, definition, publication } from '../bare-port';

class Stream {
  readonly port: BarePort;
  readonly state;

  constructor(given: FieldTable = {}, version: Version = '4.0') {
    this.port = new BarePort(version);
    this.state = streamQueue.create(definition('stream', given), this.port);
  }

  /** In one chunk, and a millisecond later something else may be. */
  write(...messages: number[]): void {
    for (const message of messages)
      streamQueue.enqueue(this.state, publication(message), channel, message, this.port);
    this.port.now += ms(1);
  }

  consume(tag: string, offset?: FieldValue, more: Partial<ConsumerSpec> = {}): string[] {
    this.port.heard();
    const given = offset === undefined ? {} : { 'x-stream-offset': offset };
    const spec = consumer(tag, { arguments: given, ...more });
    streamQueue.call(this.state, { type: 'Consume', consumer: spec }, channel, this.port);
    return this.port.heard();
  }

  ack(tag: string, ...ids: number[]): string[] {
    streamQueue.settle(this.state, 'ack', ids, channel, tag, this.port);
    return this.port.heard();
  }
}

describe('where a consumer begins', () => {
  const written = (): Stream => {
    const stream = new Stream();
    stream.write(1, 2);
    stream.write(3);
    stream.write(4, 5);
    return stream;
  };
  const offsets = (said: string[]): number[] => said.slice(1).map((words) => Number(words.split(' ').at(-1)));

  test.each([
    ['the first record', 'first', [0, 1, 2, 3, 4]],
    ['the last chunk', 'last', [3, 4]],
    ['what is still to come', 'next', []],
    ['that too, when nothing is said', undefined, []],
    ['an offset, in the middle of a chunk', 4, [4]],
    ['the first chunk of a time or later', { '!': 'timestamp', value: 0.001 }, [2, 3, 4]],
    ['so long ago', '1h', [0, 1, 2, 3, 4]],
  ] as const)('%s', (_name, offset, expected) => {
    expect(offsets(written().consume('a', offset))).toEqual(expected);
  });

  test('an offset that is not there yet is waited for', () => {
    const stream = written();
    expect(stream.consume('a', 6)).toEqual(['Consuming']);
    stream.write(6, 7);
    expect(stream.port.heard()).toEqual(['confirmed 6', 'confirmed 7', 'a got 7 as 6 6']);
  });
});

test('every consumer gets everything, as often as it likes, and never as a redelivery', () => {
  const stream = new Stream();
  stream.write(1);
  expect(stream.consume('a', 'first')).toEqual(['Consuming', 'a got 1 as 0 0']);
  expect(stream.ack('a', 0)).toEqual([]);
  expect(stream.consume('b', 'first')).toEqual(['Consuming', 'b got 1 as 0 0']);
});

test('4.0 gives as many as the prefetch says, 3.10 the rest of the chunk too', () => {
  for (const [version, first, then] of [
    ['4.0', 2, 1],
    ['3.10', 3, 0],
  ] as const) {
    // prettier-ignore
    const stream = new Stream({}, version);
    stream.write(1, 2, 3);
    expect(stream.consume('a', 'first', { prefetch: 2 })).toHaveLength(1 + first);
    expect(stream.ack('a', 0)).toHaveLength(then);
  }
});

test('rejecting is no more than credit in 4.0, and a mistake in 3.10', () => {
  for (const version of ['4.0', '3.10'] as const) {
    const stream = new Stream({}, version);
    stream.write(1);
    stream.write(2);
    stream.consume('a', 'first', { prefetch: 1 });
    const reject = (): void => streamQueue.settle(stream.state, 'requeue', [0], channel, 'a', stream.port);
    if (version === '3.10') expect(reject).toThrow("not supported by stream queues queue 'q' in vhost '/'");
    else {
      reject();
      expect(stream.port.heard()).toEqual(['a got 2 as 1 1']);
    }
  }
});

test.each([
  [
    { prefetch: 0 },
    "PRECONDITION_FAILED: consumer prefetch count is not set for stream queue 'q' in vhost '/'",
  ],
  [
    { noAck: true },
    "NOT_IMPLEMENTED: automatic acknowledgement not supported by stream queue 'q' in vhost '/'",
  ],
  [{ globalPrefetch: true }, "NOT_IMPLEMENTED: queue 'q' in vhost '/' does not support global qos"],
] as const)('it refuses consumers with %j', (more, said) => {
  expect(new Stream().consume('a', 'first', more)).toEqual([said]);
});

test('there is no get and no purge', () => {
  const stream = new Stream();
  streamQueue.call(stream.state, { type: 'Get', noAck: true, process: 'p' }, channel, stream.port);
  streamQueue.call(stream.state, { type: 'Purge' }, channel, stream.port);
  expect(stream.port.heard()).toEqual([
    "NOT_IMPLEMENTED: basic.get not supported by stream queues queue 'q' in vhost '/'",
    "NOT_IMPLEMENTED: queue.purge not supported by stream queues queue 'q' in vhost '/'",
  ]);
});

describe('retention', () => {
  test('takes whole segments when the next one begins, and never the last', () => {
    const stream = new Stream({ 'x-max-length-bytes': 4, 'x-stream-max-segment-size-bytes': 3 });
    for (let message = 1; message <= 6; message++) stream.write(message);
    expect(stream.state.log.records.start).toBe(0);
    stream.write(7);
    expect(stream.state.log.records.start).toBe(3);
    expect(stream.consume('a', 0).slice(1)).toEqual(['a got 4 as 3 3', 'a got 5 as 4 4', 'a got 6 as 5 5', 'a got 7 as 6 6']); // prettier-ignore
  });

  test('by age looks at the last record of a segment', () => {
    const stream = new Stream({ 'x-max-age': '1s', 'x-stream-max-segment-size-bytes': 2 });
    stream.write(1, 2);
    stream.port.now += ms(2000);
    stream.write(3, 4);
    expect(stream.state.log.records.start).toBe(2);
  });
});

test('a copy goes on by itself', () => {
  const stream = new Stream();
  stream.write(1);
  const copy = streamQueue.clone(stream.state);
  stream.write(2);
  expect(copy.log.records.length).toBe(1);
});
