import { describe, expect, test } from 'vitest';
import type {
  AttributesResponse,
  CreateTopicResponse,
  ListSubscriptionsResponse,
  SubscribeResponse,
} from '../../../../src/brokers/aws/sns/protocol';
import { fifoArn, queueArn, queueUrlOf, sns, toQueue, topicArn } from '../../../helpers/sns-world';

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
