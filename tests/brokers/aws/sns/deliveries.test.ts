import { describe, expect, test } from 'vitest';
import { part } from '../../../../src/brokers/aws/sns/broker';
import { retriesMax, retryDelay } from '../../../../src/brokers/aws/sns/deliver';
import type { PublishBatchResponse } from '../../../../src/brokers/aws/sns/protocol';
import type { InvokeRequest } from '../../../../src/brokers/aws/lambda/protocol';
import type { SendMessageRequest } from '../../../../src/brokers/aws/sqs/protocol';
import type { SnsState } from '../../../../src/brokers/aws/sns/state';
import { contentsOf } from '../../../../src/brokers/aws/protocol/cargo';
import type { Tagged } from '../../../../src/kernel/machine';
import type { EndpointState } from '../../../helpers/aws-world';

import { accepts, fifoArn, queueArn, queueIsGone, sns, toQueue, topicArn } from '../../../helpers/sns-world';
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
