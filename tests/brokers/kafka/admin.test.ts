import { describe, expect, test } from 'vitest';
import type {
  CreateTopicsRequest,
  CreateTopicsResponse,
  MetadataRequest,
  MetadataResponse,
} from '../../../src/brokers/kafka/protocol';
import { LoneBroker, type Sent } from './lone-broker';
import { fetch, fetched, produce } from './requests';

const metadata = (
  topics: readonly string[] | null,
  allowAutoTopicCreation = true,
): Sent<MetadataRequest> => ({
  type: 'MetadataRequest',
  topics,
  allowAutoTopicCreation,
});

type NewTopic = CreateTopicsRequest['topics'][number];
const newTopic = (more: Partial<NewTopic> = {}): NewTopic => ({
  name: 'payments',
  numPartitions: 2,
  replicationFactor: 1,
  configs: {},
  ...more,
});
const create = (broker: LoneBroker, ...topics: NewTopic[]) =>
  broker
    .ask<CreateTopicsResponse>({ type: 'CreateTopicsRequest', topics })!
    .topics.map(({ errorCode }) => errorCode);

describe('metadata', () => {
  test('names the one broker, which leads every partition', () => {
    const broker = new LoneBroker({ topics: [{ name: 'orders', partitions: 2 }] });
    const partition = { leaderId: 1, leaderEpoch: 0, replicaNodes: [1], isrNodes: [1] };
    expect(broker.ask(metadata(['orders']))).toMatchObject({
      brokers: [{ nodeId: 1, host: 'kafka' }],
      controllerId: 1,
      topics: [
        {
          errorCode: 'NONE',
          name: 'orders',
          partitions: [
            { partitionIndex: 0, ...partition },
            { partitionIndex: 1, ...partition },
          ],
        },
      ],
    });
  });

  test('of all topics, when none is named', () => {
    const broker = new LoneBroker({
      topics: [
        { name: 'orders', partitions: 1 },
        { name: 'prices', partitions: 1 },
      ],
    });
    const { topics } = broker.ask<MetadataResponse>(metadata(null))!;
    expect(topics.map(({ name }) => name)).toEqual(['orders', 'prices']);
  });

  test('asking for a topic creates it, with num.partitions; it is there from the next question on', () => {
    const broker = new LoneBroker({ options: { 'num.partitions': 3 } });
    const errors = [1, 2].map(() => broker.ask<MetadataResponse>(metadata(['typo']))!.topics[0]);
    expect(errors.map(({ errorCode, partitions }) => [errorCode, partitions.length])).toEqual([
      ['UNKNOWN_TOPIC_OR_PARTITION', 0],
      ['NONE', 3],
    ]);
    expect(broker.factsOf('TopicCreated')).toMatchObject([
      { kind: 'changed', subject: 'kafka/typo', amount: 3 },
    ]);
  });

  test.each([
    ['the client does not allow it', metadata(['typo'], false), {}, 'UNKNOWN_TOPIC_OR_PARTITION'],
    [
      'the broker does not allow it',
      metadata(['typo']),
      { 'auto.create.topics.enable': false },
      'UNKNOWN_TOPIC_OR_PARTITION',
    ],
    ['no topic can have that name', metadata(['what?']), {}, 'INVALID_TOPIC_EXCEPTION'],
  ])('but not when %s', (_, request, options, errorCode) => {
    const broker = new LoneBroker({ options });
    expect(broker.ask<MetadataResponse>(request)!.topics[0].errorCode).toBe(errorCode);
    expect(broker.state.topics.size).toBe(1);
  });
});

describe('finding a coordinator', () => {
  test('of a group: the one broker', () => {
    const request = { type: 'FindCoordinatorRequest', key: 'search', keyType: 0 } as const;
    expect(new LoneBroker().ask(request)).toMatchObject({ errorCode: 'NONE', nodeId: 1, host: 'kafka' });
  });

  test('of a transaction: the only broker too', () => {
    const request = { type: 'FindCoordinatorRequest', key: 'tx', keyType: 1 } as const;
    expect(new LoneBroker().ask(request)).toMatchObject({
      errorCode: 'NONE',
      nodeId: 1,
    });
  });
});

describe('creating topics', () => {
  test.each([
    ['a new one', newTopic(), 'NONE'],
    ['with the broker’s defaults', newTopic({ numPartitions: -1, replicationFactor: -1 }), 'NONE'],
    [
      'configured, numbers as text',
      newTopic({ configs: { 'retention.ms': '60000', 'segment.bytes': 1000 } }),
      'NONE',
    ],
    ['one that exists', newTopic({ name: 'orders' }), 'TOPIC_ALREADY_EXISTS'],
    ['without partitions', newTopic({ numPartitions: 0 }), 'INVALID_PARTITIONS'],
    ['with more replicas than brokers', newTopic({ replicationFactor: 3 }), 'INVALID_REPLICATION_FACTOR'],
    ['with a name that is too long', newTopic({ name: 'x'.repeat(250) }), 'INVALID_TOPIC_EXCEPTION'],
    ['named like the folder above', newTopic({ name: '..' }), 'INVALID_TOPIC_EXCEPTION'],
    ['with an option that does not exist', newTopic({ configs: { 'retention.hours': 1 } }), 'INVALID_CONFIG'],
    ['with a value that makes no sense', newTopic({ configs: { 'retention.ms': 'long' } }), 'INVALID_CONFIG'],
  ])('%s: %s', (_, topic, expected) => {
    expect(create(new LoneBroker(), topic)).toEqual([expected]);
  });

  test('the same name twice in one request is refused for both', () => {
    expect(create(new LoneBroker(), newTopic(), newTopic())).toEqual(['INVALID_REQUEST', 'INVALID_REQUEST']);
  });

  test('a new topic works like any other', () => {
    const broker = new LoneBroker();
    create(broker, newTopic());
    broker.ask(produce([4], { topic: 'payments', partition: 1 }));
    expect(fetched(broker.ask(fetch([{ topic: 'payments', partition: 1 }])))).toEqual([[[0, 4]]]);
  });
});
