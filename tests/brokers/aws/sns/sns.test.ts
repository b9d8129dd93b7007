import { describe, expect, test } from 'vitest';
import { part, type SnsSpec } from '../../../../src/brokers/aws/sns/broker';
import { retriesMax, retryDelay } from '../../../../src/brokers/aws/sns/deliver';
import type {
  AttributesResponse,
  CreateTopicResponse,
  ListSubscriptionsResponse,
  PublishBatchResponse,
  PublishResponse,
  SnsRequest,
  SubscribeResponse,
} from '../../../../src/brokers/aws/sns/protocol';
import type { InvokeRequest } from '../../../../src/brokers/aws/lambda/protocol';
import type { SendMessageRequest } from '../../../../src/brokers/aws/sqs/protocol';
import type { ErrorResponse } from '../../../../src/brokers/aws/protocol/common';
import type { SnsState } from '../../../../src/brokers/aws/sns/state';
import { contentsOf } from '../../../../src/brokers/aws/protocol/cargo';
import { textOf } from '../../../../src/brokers/aws/protocol/content';
import type { Tagged } from '../../../../src/kernel/machine';
import { AwsWorld, endpoint, type EndpointState } from '../../../helpers/aws-world';

const topicArn = 'arn:aws:sns:us-east-1:000000000000:events';
const fifoArn = `${topicArn}.fifo`;
const queueArn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const queueUrlOf = (name: string) => `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`;

const accepts = (request: Tagged): Tagged =>
  request.type === 'InvokeRequest'
    ? ({ type: 'InvokeResponse', StatusCode: 202 } as Tagged)
    : ({ type: 'SendMessageResponse', MessageId: 'm' } as Tagged);

const queueIsGone = {
  type: 'ErrorResponse',
  code: 'AWS.SimpleQueueService.NonExistentQueue',
  exception: 'QueueDoesNotExist',
  message: 'The specified queue does not exist.',
  fault: 'Sender',
  httpStatus: 400,
} as Tagged;

function sns(
  spec: Partial<SnsSpec> = {},
  answersFor: (request: Tagged, count: number) => Tagged | null = accepts,
) {
  const whole = { name: 'sns', kind: 'sns', topics: [{ name: 'events' }], ...spec };
  const world = new AwsWorld({
    processes: [
      { name: 'sns', parts: [{ name: 'broker', machine: part.machine, options: whole }] },
      { name: 'sqs', parts: [{ name: 'broker', machine: endpoint(answersFor) }] },
      { name: 'lambda', parts: [{ name: 'broker', machine: endpoint(accepts) }] },
    ],
  });
  const ask = <Answer extends Tagged>(request: SnsRequest) => world.ask<Answer>('sns', request);
  return {
    world,
    ask,
    error: (request: SnsRequest) => {
      const { type, code, message } = ask<ErrorResponse>(request);
      expect(type).toBe('ErrorResponse');
      return `${code}: ${message}`;
    },
    publish: (text: string, more: object = {}) =>
      ask<PublishResponse>({
        type: 'PublishRequest',
        TopicArn: topicArn,
        Message: { message: world.message(text) },
        ...more,
      }),
    /** What a queue was sent: its name and the text. */
    sent: () =>
      world.state<EndpointState>('sqs/broker').received.map((request) => {
        const { QueueUrl, Body } = request as SendMessageRequest;
        return [QueueUrl.split('/').at(-1), textOf(Body, world.bodies.get(Body.message))];
      }),
    requests: () => world.state<EndpointState>('sqs/broker').received as readonly SendMessageRequest[],
  };
}

const toQueue = (name: string, attributes: Record<string, string> = {}, topic = 'events') => ({
  topic,
  protocol: 'sqs' as const,
  endpoint: `sqs/${name}`,
  attributes,
});

describe('topics', () => {
  test('creating a topic again is the same topic, unless it would be another', () => {
    const { ask, error } = sns();
    const create = (Attributes: Record<string, string>, Tags: { Key: string; Value: string }[] = []) =>
      ({ type: 'CreateTopicRequest', Name: 'orders', Attributes, Tags }) as const;
    const first = ask<CreateTopicResponse>(create({ DisplayName: 'Orders' }, [{ Key: 'a', Value: '1' }]));
    expect(first.TopicArn).toBe('arn:aws:sns:us-east-1:000000000000:orders');
    expect(ask(create({}))).toEqual(first);
    expect(error(create({ DisplayName: 'Other' }))).toBe(
      'InvalidParameter: Invalid parameter: Attributes Reason: Topic already exists with different attributes',
    );
    expect(error(create({}, [{ Key: 'b', Value: '1' }]))).toBe(
      'InvalidParameter: Invalid parameter: Tags Reason: Topic already exists with different tags',
    );
  });

  test.each([
    ['', {}],
    ['a'.repeat(257), {}],
    ['name.fifo', {}],
    ['name', { FifoTopic: 'true' }],
    ['na me', {}],
    ['na!me', {}],
  ])('no topic is called "%s" with %j', (Name, Attributes) => {
    const { error } = sns();
    expect(error({ type: 'CreateTopicRequest', Name, Attributes })).toBe(
      'InvalidParameter: Invalid parameter: Topic Name',
    );
  });

  test('deleting twice is no mistake; what is gone does not exist', () => {
    const { ask, error, publish } = sns();
    const gone = { type: 'DeleteTopicRequest', TopicArn: topicArn } as const;
    expect(ask(gone).type).toBe('DeleteTopicResponse');
    expect(ask(gone).type).toBe('DeleteTopicResponse');
    expect(error({ type: 'GetTopicAttributesRequest', TopicArn: topicArn })).toBe(
      'NotFound: Topic does not exist',
    );
    expect(publish('x')).toMatchObject({ code: 'NotFound', httpStatus: 404 });
  });

  test.each([
    ['randomstring', 1],
    ['randomstring:1', 2],
    ['', 1],
  ])('"%s" is no ARN', (TopicArn, parts) => {
    const { error } = sns();
    expect(error({ type: 'GetTopicAttributesRequest', TopicArn })).toBe(
      `InvalidParameter: Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not ${parts}`,
    );
  });

  test('attributes of a FIFO topic, and how many are subscribed', () => {
    const { ask } = sns({ topics: [{ name: 'events.fifo' }], subscriptions: [toQueue('q.fifo', {}, 'events.fifo')] }); // prettier-ignore
    const { Attributes } = ask<AttributesResponse>({ type: 'GetTopicAttributesRequest', TopicArn: fifoArn });
    expect(Attributes).toMatchObject({
      FifoTopic: 'true',
      ContentBasedDeduplication: 'false',
      DisplayName: '',
      SubscriptionsConfirmed: '1',
      SubscriptionsDeleted: '0',
      SubscriptionsPending: '0',
    });
  });
});

describe('subscriptions', () => {
  const subscribe = (more: object = {}) =>
    ({
      type: 'SubscribeRequest',
      TopicArn: topicArn,
      Protocol: 'sqs',
      Endpoint: queueArn('orders'),
      ...more,
    }) as const;

  test('subscribing again is the same subscription, unless it says otherwise', () => {
    const { ask, error } = sns();
    const first = ask<SubscribeResponse>(subscribe({ Attributes: { RawMessageDelivery: 'True' } }));
    expect(ask(subscribe())).toEqual(first);
    expect(ask(subscribe({ Attributes: { RawMessageDelivery: 'true', FilterPolicyScope: 'MessageAttributes' } }))).toEqual(first); // prettier-ignore
    expect(
      error(subscribe({ Attributes: { RawMessageDelivery: 'false', FilterPolicyScope: 'MessageBody' } })),
    ).toBe(
      'InvalidParameter: Invalid parameter: Attributes Reason: Subscription already exists with different attributes',
    );
  });

  test.each<[object, string]>([
    [{ Protocol: 'test-protocol' }, 'Amazon SNS does not support this protocol string: test-protocol'],
    [{ Endpoint: queueUrlOf('orders') }, 'SQS endpoint ARN'],
    [
      { Endpoint: queueArn('orders.fifo') },
      'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
    ],
    [
      { Attributes: { RawMessageDelivery: 'wrongvalue' } },
      'Attributes Reason: RawMessageDelivery: Invalid value [wrongvalue]. Must be true or false.',
    ],
    [
      {
        Attributes: { FilterPolicy: JSON.stringify({ key: Array.from({ length: 151 }, (_, i) => `v${i}`) }) },
      },
      'Attributes Reason: FilterPolicy: Filter policy is too complex',
    ],
    [
      { Attributes: { FilterPolicy: 'invalid' } },
      "Attributes Reason: FilterPolicy: failed to parse JSON. Unrecognized token 'invalid': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 8]",
    ],
  ])('refuses %j', (more, message) => {
    expect(sns().error(subscribe(more))).toBe(`InvalidParameter: Invalid parameter: ${message}`);
  });

  test('a filter policy of a subscription: depth, keys, complexity', () => {
    const { ask, error } = sns();
    const { SubscriptionArn } = ask<SubscribeResponse>(subscribe());
    const set = (AttributeName: string, value: unknown) =>
      ({
        type: 'SetSubscriptionAttributesRequest',
        SubscriptionArn,
        AttributeName,
        AttributeValue: typeof value === 'string' ? value : JSON.stringify(value),
      }) as const;
    const shown = () =>
      ask<AttributesResponse>({ type: 'GetSubscriptionAttributesRequest', SubscriptionArn }).Attributes;
    const nested = { object: { key: [{ prefix: 'auto-' }] } };
    expect(error(set('FilterPolicy', nested))).toBe(
      'InvalidParameter: Invalid parameter: Filter policy scope MessageAttributes does not support nested filter policy',
    );
    ask(set('FilterPolicyScope', 'MessageBody'));
    expect(shown()['FilterPolicyScope']).toBeUndefined();
    expect(ask(set('FilterPolicy', nested)).type).toBe('SetSubscriptionAttributesResponse');
    expect(shown()).toMatchObject({ FilterPolicyScope: 'MessageBody', FilterPolicy: JSON.stringify(nested) });
    const deep = {
      key_a: { key_b: { key_c: ['1', '2', '3', '4'] } },
      key_d: { key_e: ['1', '2', '3'] },
      key_f: ['1', '2', '3'],
    };
    expect(error(set('FilterPolicy', deep))).toBe(
      'InvalidParameter: Invalid parameter: FilterPolicy: Filter policy is too complex',
    );
    const six = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((key) => [key, ['v']]));
    expect(error(set('FilterPolicy', six))).toBe(
      'InvalidParameter: Invalid parameter: FilterPolicy: Filter policy can not have more than 5 keys',
    );
    ask(set('FilterPolicy', ''));
    expect(shown()['FilterPolicy']).toBeUndefined();
    expect(error(set('RedrivePolicy', { deadLetterTargetArn: 'fake-arn' }))).toBe(
      'InvalidParameter: Invalid parameter: RedrivePolicy: deadLetterTargetArn is an invalid arn',
    );
  });

  test('complexity of $or is the sum of its branches', () => {
    const { ask, error } = sns();
    const policy = (spaces: number[], sources: string[]) => ({
      source: sources,
      $or: [
        { name: ['1', '2', '3', '4', '5', '6'] },
        { type: ['1', '2', '3', '4'], $or: [{ id: [1, 2, 3, 4] }, { space: spaces }] },
      ],
    });
    const withPolicy = (value: object) => subscribe({ Attributes: { FilterPolicy: JSON.stringify(value) } });
    expect(error(withPolicy(policy([1, 2, 3, 4], ['1', '2', '3', '4'])))).toMatch(/too complex$/);
    expect(ask(withPolicy(policy([1, 2, 3, 4, 5, 6, 7], ['1', '2', '3']))).type).toBe('SubscribeResponse');
  });

  test('unsubscribing twice is no mistake; what is not an ARN of a subscription is one', () => {
    const { ask, error } = sns({ subscriptions: [toQueue('orders')] });
    const { Subscriptions } = ask<ListSubscriptionsResponse>({
      type: 'ListSubscriptionsByTopicRequest',
      TopicArn: topicArn,
    });
    const [{ SubscriptionArn }] = Subscriptions;
    const unsubscribe = (arn?: string) =>
      ({ type: 'UnsubscribeRequest', ...(arn === undefined ? {} : { SubscriptionArn: arn }) }) as const;
    expect(ask(unsubscribe(SubscriptionArn)).type).toBe('UnsubscribeResponse');
    expect(ask(unsubscribe(SubscriptionArn)).type).toBe('UnsubscribeResponse');
    const invalid = 'InvalidParameter: Invalid parameter: ';
    expect(error(unsubscribe(topicArn))).toBe(`${invalid}SubscriptionId`);
    expect(error(unsubscribe())).toBe(`${invalid}SubscriptionArn Reason: no value for required parameter`);
    expect(error({ type: 'GetSubscriptionAttributesRequest', SubscriptionArn })).toBe(
      'NotFound: Subscription does not exist',
    );
  });
});

describe('publishing', () => {
  test.each<[string, object, string]>([
    ['', {}, 'InvalidParameter: Invalid parameter: Empty message'],
    ['x', { Subject: '' }, 'InvalidParameter: Invalid parameter: Subject'],
    [
      '{"sqs":"x"}',
      { MessageStructure: 'json' },
      'InvalidParameter: Invalid parameter: Message Structure - No default entry in JSON message body',
    ],
    [
      '{"default": "x"} }',
      { MessageStructure: 'json' },
      'InvalidParameter: Invalid parameter: Message Structure - JSON message body failed to parse',
    ],
    [
      'x',
      { MessageDeduplicationId: '1' },
      'InvalidParameter: Invalid parameter: MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
    ],
    [
      'x',
      { MessageAttributes: { attr1: { DataType: 'Stringprefixed', StringValue: 'x' } } },
      "ParameterValueInvalid: The message attribute 'attr1' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.",
    ],
    ['x'.repeat(262_145), {}, 'InvalidParameter: Invalid parameter: Message too long'],
  ])('refuses %.20s with %j', (text, more, message) => {
    const { world, error } = sns();
    const Message = { message: world.message(text) };
    expect(error({ type: 'PublishRequest', TopicArn: topicArn, Message, ...more })).toBe(message);
  });

  test('a batch: what is wrong with all of it, and with one of it', () => {
    const { world, ask, error } = sns();
    const batch = (entries: readonly object[]) => ({
      type: 'PublishBatchRequest' as const,
      TopicArn: topicArn,
      PublishBatchRequestEntries: entries.map((entry, index) => ({
        Id: String(index),
        Message: { message: world.message('x') },
        ...entry,
      })),
    });
    expect(error(batch(Array.from({ length: 11 }, () => ({}))))).toMatch(/^TooManyEntriesInBatchRequest: /);
    expect(error(batch([{ Id: '1' }, { Id: '1' }]))).toMatch(/^BatchEntryIdsNotDistinct: /);
    expect(error(batch([{ Id: 'a b' }]))).toMatch(/^InvalidBatchEntryId: /);
    expect(error(batch([]))).toMatch(/^EmptyBatchRequest: /);
    const half = { Message: { message: world.message('x'.repeat(200_000)) } };
    expect(error(batch([half, half]))).toBe(
      'BatchRequestTooLong: The length of all the messages put together is more than the limit.',
    );
    const { Successful, Failed } = ask<PublishBatchResponse>(
      batch([{}, { Message: { message: world.message('') } }]),
    );
    expect(Successful.map(({ Id }) => Id)).toEqual(['0']);
    expect(Failed).toEqual([
      { Id: '1', Code: 'InvalidParameter', Message: 'Invalid parameter: Empty message', SenderFault: true },
    ]);
  });

  test('every subscriber whose filter it passes is sent it, wrapped or raw', () => {
    const { world, publish, sent } = sns({
      subscriptions: [
        toQueue('all'),
        toQueue('raw', { RawMessageDelivery: 'true' }),
        toQueue('cheap', { FilterPolicy: '{"price":[{"numeric":["<",10]}]}' }),
      ],
    });
    publish('hello', {
      Subject: 'S',
      MessageAttributes: { price: { DataType: 'Number', StringValue: '12' } },
    });
    world.run(100);
    const texts = new Map(sent().map(([name, text]) => [name, text]));
    expect([...texts.keys()].sort()).toEqual(['all', 'raw']);
    expect(texts.get('raw')).toBe('hello');
    const envelope = JSON.parse(texts.get('all')!) as Record<string, unknown>;
    expect(Object.keys(envelope)).toEqual([
      ...[
        'Type',
        'MessageId',
        'TopicArn',
        'Subject',
        'Message',
        'Timestamp',
        'SignatureVersion',
        'Signature',
      ],
      ...['SigningCertURL', 'UnsubscribeURL', 'MessageAttributes'],
    ]);
    expect(envelope).toMatchObject({
      Message: 'hello',
      MessageAttributes: { price: { Type: 'Number', Value: '12' } },
    });
    expect(world.facts('NotificationFiltered').map(({ group }) => group)).toEqual([queueArn('cheap')]);
  });

  test('who filters by the body gets JSON objects that fit, and nothing else', () => {
    const { world, publish, sent } = sns({
      subscriptions: [
        toQueue('q', {
          RawMessageDelivery: 'true',
          FilterPolicyScope: 'MessageBody',
          FilterPolicy: '{"object":{"key":[{"prefix":"auto-"}],"nested":[{"exists":false}]}}',
        }),
      ],
    });
    for (const text of [
      '{"object":{"key":"auto-1"}}',
      '{"object":{"key":"other"}}',
      '{"object":{"key":"auto-1","nested":1}}',
      'no JSON',
      '"a JSON text"',
    ])
      publish(text);
    world.run(200);
    expect(sent()).toEqual([['q', '{"object":{"key":"auto-1"}}']]);
  });

  test('a text for each protocol', () => {
    const { world, publish, sent } = sns({
      subscriptions: [
        toQueue('q', { RawMessageDelivery: 'true' }),
        { topic: 'events', protocol: 'lambda', endpoint: 'lambda/resize' },
      ],
    });
    publish('{"default":"for all","sqs":"for queues"}', { MessageStructure: 'json' });
    world.run(100);
    expect(sent()).toEqual([['q', 'for queues']]);
    const [invoked] = world.state<EndpointState>('lambda/broker').received as readonly InvokeRequest[];
    expect(invoked).toMatchObject({ FunctionName: 'resize', InvocationType: 'Event' });
    const [content] = contentsOf(invoked.Payload);
    expect(world.bodies.get(content.message).data['value']).toBe('for all');
  });

  test('deliveries to different subscribers come in an order of their own', () => {
    const orders = new Set<string>();
    const { world, publish, sent } = sns({ subscriptions: ['a', 'b', 'c'].map((name) => toQueue(name)) });
    for (let i = 0; i < 20; i++) {
      const before = sent().length;
      publish(`m${i}`);
      world.run(100);
      orders.add(sent().slice(before).map(([name]) => name).join('')); // prettier-ignore
    }
    expect(orders.size).toBeGreaterThan(1);
    expect(sent()).toHaveLength(60);
  });
});

describe('FIFO topics', () => {
  const fifo = (attributes: Record<string, string> = {}, answers = accepts) =>
    sns(
      {
        topics: [{ name: 'events.fifo', attributes }],
        subscriptions: [toQueue('q.fifo', { RawMessageDelivery: 'true' }, 'events.fifo')],
      },
      answers,
    );
  const inGroup = (group: string, id?: string) => ({
    TopicArn: fifoArn,
    MessageGroupId: group,
    ...(id === undefined ? {} : { MessageDeduplicationId: id }),
  });

  test('what is published again within five minutes is answered as before, and not delivered', () => {
    const { world, publish, sent } = fifo({ ContentBasedDeduplication: 'true' });
    const first = publish('Test', inGroup('g'));
    expect(publish('Test', inGroup('other'))).toEqual(first);
    world.run(300_000);
    const later = publish('Test', inGroup('g'));
    expect(later.MessageId).not.toBe(first.MessageId);
    expect(later.SequenceNumber! > first.SequenceNumber!).toBe(true);
    world.run(100);
    expect(sent()).toHaveLength(2);
  });

  test('group and deduplication id go along', () => {
    const { world, publish, requests } = fifo({ ContentBasedDeduplication: 'true' });
    publish('Test', inGroup('g'));
    world.run(100);
    expect(requests()[0]).toMatchObject({
      MessageGroupId: 'g',
      MessageDeduplicationId: '532eaabd9574880dbf76b9b8cc00832c20a6ec113d682299550d7a6e0f345e25',
    });
  });

  test('a group is needed, and something to tell repetitions by', () => {
    const { world, error } = fifo();
    const Message = { message: world.message('x') };
    const request = { type: 'PublishRequest', TopicArn: fifoArn, Message } as const;
    expect(error(request)).toBe(
      'InvalidParameter: Invalid parameter: The MessageGroupId parameter is required for FIFO topics',
    );
    expect(error({ ...request, MessageGroupId: 'g' })).toMatch(
      /should either have ContentBasedDeduplication/,
    );
  });

  test('a group keeps its order while a delivery is tried again', () => {
    const busy = { ...queueIsGone, code: 'ServiceUnavailable', fault: 'Receiver', httpStatus: 503 };
    const { world, publish, sent } = fifo({}, (request: Tagged, count?: number) => ((count ?? 0) < 4 ? busy : accepts(request))); // prettier-ignore
    for (const number of [1, 2, 3]) publish(`g${number}`, inGroup('g', `g${number}`));
    world.run(30_000);
    const texts = sent().map(([, text]) => text);
    expect(texts.slice(0, 5)).toEqual(['g1', 'g1', 'g1', 'g1', 'g1']);
    expect(texts.slice(5)).toEqual(['g2', 'g3']);
  });
});

describe('when an endpoint cannot be reached', () => {
  test('the schedule has 100,015 retries: three at once, two after a second each, ten with growing waits, then 20 s', () => {
    expect(retriesMax).toBe(100_015);
    const waits = Array.from({ length: 17 }, (_, index) => retryDelay(index + 1) / 1_000_000);
    expect(waits.slice(0, 5)).toEqual([0, 0, 0, 1, 1]);
    expect(waits[5]).toBe(1);
    expect(waits.slice(5).every((wait, index, all) => index === 0 || wait >= all[index - 1])).toBe(true);
    expect(waits.slice(14)).toEqual([20, 20, 20]);
  });

  test('a queue that is gone is not tried again: its dead-letter queue gets the message', () => {
    const { world, publish, sent } = sns(
      {
        subscriptions: [
          toQueue('orders', { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('dlq') }) }),
          toQueue('other'),
        ],
      },
      (request) =>
        (request as SendMessageRequest).QueueUrl.endsWith('/dlq') ? accepts(request) : queueIsGone,
    );
    publish('x');
    world.run(60_000);
    expect(sent().map(([name]) => name).sort()).toEqual(['dlq', 'orders', 'other']); // prettier-ignore
    expect(world.facts('NotificationDeadLettered').map(({ group }) => group)).toEqual(['sqs/orders']);
    expect(world.facts('NotificationDiscarded').map(({ group }) => group)).toEqual(['sqs/other']);
  });

  test('raw delivery of more than ten attributes is discarded', () => {
    const { world, publish, sent } = sns({ subscriptions: [toQueue('q', { RawMessageDelivery: 'true' })] });
    const many = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, i) => [`a${i}`, { DataType: 'String', StringValue: 'v' }]),
      );
    publish('ten', { MessageAttributes: many(10) });
    publish('eleven', { MessageAttributes: many(11) });
    world.run(1000);
    expect(sent()).toEqual([['q', 'ten']]);
    expect(world.facts('NotificationDiscarded')).toHaveLength(1);
  });

  test('silence is a failure too, and what was accepted survives a crash of SNS', () => {
    const { world, publish, sent } = sns({ subscriptions: [toQueue('q')] }, (request, count) => (count === 0 ? null : accepts(request))); // prettier-ignore
    publish('x');
    world.run(5000);
    expect(sent()).toHaveLength(1);
    world.at(0, (w) => w.crash('sns', 'test'));
    world.run(100);
    world.at(0, (w) => w.restart('sns'));
    world.run(1000);
    expect(sent()).toHaveLength(2);
    expect(world.state<SnsState>('sns/broker').deliveries.size).toBe(0);
  });
});

test('what it draws: a switch with a route for each subscriber', () => {
  const { world, publish } = sns({
    subscriptions: [toQueue('a'), toQueue('b', { FilterPolicy: '{"x":["y"]}' })],
  });
  publish('hello');
  world.run(100);
  const face = (message: number) => ({ message, domain: 'order' as const, label: '', key: null, version: 0 });
  const look = { now: world.kernel.now, cells: 10, laneEnd: () => null, rows: 10, face };
  const [shape] = part.describe!(world.state<SnsState>('sns/broker'), look).shapes!;
  expect(shape).toMatchObject({
    shape: 'switch',
    address: 'sns/events',
    published: 1,
    routes: [
      { to: 'sqs/a', passed: 1, label: '' },
      { to: 'sqs/b', passed: 0, label: '{"x":["y"]}' },
    ],
  });
});
