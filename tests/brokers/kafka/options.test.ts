import { describe, expect, test } from 'vitest';
import { part } from '../../../src/brokers/kafka/broker';
import { readOption, type BrokerOptions } from '../../../src/brokers/kafka/options';
import { toMs } from '../../../src/kernel/time';

const brokerWith = (options: Partial<BrokerOptions>) =>
  part.machine.init({ name: 'kafka', topics: [{ name: 'orders', partitions: 1 }], ...options });
const configOf = (options: Partial<BrokerOptions>) =>
  brokerWith(options).topics.get('orders')!.partitions[0].config;

describe('the options of a broker', () => {
  test.each([
    ['message.max.bytes', 1048588],
    ['log.segment.bytes', 1073741824],
    ['log.roll.ms', 604800000],
    ['log.retention.ms', 604800000],
    ['log.retention.bytes', -1],
    ['log.message.timestamp.type', 'CreateTime'],
    ['log.message.timestamp.after.max.ms', 3600000],
    ['log.retention.check.interval.ms', 300000],
    ['num.partitions', 1],
    ['auto.create.topics.enable', true],
    ['group.initial.rebalance.delay.ms', 3000],
    ['group.min.session.timeout.ms', 6000],
    ['group.max.session.timeout.ms', 1800000],
    ['offsets.retention.minutes', 10080],
  ])('%s is %s unless told otherwise, as in Kafka 4', (name, standard) => {
    expect(part.options.find((option) => option.name === name)?.default).toBe(standard);
  });

  test('each names its page in the manual, and none is there twice', () => {
    const names = part.options.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { source, name } of part.options)
      expect(source).toMatch(new RegExp(`#(broker|topic)configs_${name}$`));
  });

  test('every default is a value its own option takes', () => {
    for (const option of part.options) expect(readOption(option, option.default!)).toBe(option.default);
  });

  test('a topic takes the broker’s value where it has none of its own', () => {
    const options = { 'log.retention.ms': 5000, 'log.segment.bytes': 2000 };
    const config = configOf({ options, topics: [{ name: 'orders', partitions: 1, segmentBytes: 700 }] });
    expect([toMs(config.retention!), config.segmentBytes]).toEqual([5000, 700]);
  });

  test.each([
    ['null', null],
    ['−1', -1],
  ])('retention %s is for ever', (_, retentionMs) => {
    expect(configOf({ topics: [{ name: 'orders', partitions: 1, retentionMs }] }).retention).toBeNull();
  });

  test.each([
    [
      'an option that does not exist',
      { options: { 'retention.for.ever': true } },
      'has no option "retention.for.ever"',
    ],
    ['a value of the wrong kind', { options: { 'num.partitions': 'many' } }, 'num.partitions cannot be many'],
    ['a value out of bounds', { options: { 'num.partitions': 0 } }, 'num.partitions cannot be 0'],
    [
      'a choice that is none',
      { options: { 'log.message.timestamp.type': 'Sometimes' } },
      'cannot be Sometimes',
    ],
    ['a topic without partitions', { topics: [{ name: 'orders', partitions: 0 }] }, 'topic "orders"'],
    [
      'a topic twice',
      {
        topics: [
          { name: 'a', partitions: 1 },
          { name: 'a', partitions: 1 },
        ],
      },
      'topic "a"',
    ],
  ])('%s stops the scenario with a sentence', (_, options, sentence) => {
    expect(() => brokerWith(options)).toThrow(sentence);
  });
});
