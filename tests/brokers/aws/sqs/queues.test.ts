import { describe as group, expect, test } from 'vitest';
import { part } from '../../../../src/brokers/aws/sqs/broker';
import type * as Api from '../../../../src/brokers/aws/sqs/protocol';
import { BadOption } from '../../../../src/kernel/options';
import { codeOf, LoneSqs, messageOf } from './lone-sqs';

const create = (sqs: LoneSqs, QueueName: string, Attributes?: Readonly<Record<string, string>>) =>
  sqs.ask<Api.CreateQueueResponse>({
    type: 'CreateQueueRequest',
    QueueName,
    ...(Attributes && { Attributes }),
  });

group('creating', () => {
  test('again with the same attributes, or with none, is the same queue', () => {
    const sqs = new LoneSqs([]);
    const made = create(sqs, 'q', { VisibilityTimeout: '69' });
    expect(made).toMatchObject({ QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/q' });
    expect(create(sqs, 'q', { VisibilityTimeout: '69' })).toEqual(made);
    expect(create(sqs, 'q')).toEqual(made);
    const other = create(sqs, 'q', { VisibilityTimeout: '70' });
    expect(other).toMatchObject({ code: 'QueueAlreadyExists', exception: 'QueueNameExists' });
    expect(messageOf(other)).toBe(
      'A queue already exists with the same name and a different value for attribute VisibilityTimeout',
    );
  });

  test('names', () => {
    const sqs = new LoneSqs([]);
    for (const name of ['', 'a b', 'a'.repeat(81), 'q.fifo'])
      expect(codeOf(create(sqs, name))).toBe('InvalidParameterValue');
    expect(codeOf(create(sqs, 'q', { FifoQueue: 'true' }))).toBe('InvalidParameterValue');
    expect(codeOf(create(sqs, 'q.fifo', { FifoQueue: 'True' }))).toBe('CreateQueueResponse');
  });

  test('attributes', () => {
    const sqs = new LoneSqs([]);
    const message = (Attributes: Readonly<Record<string, string>>) => messageOf(create(sqs, 'q', Attributes));
    expect(message({ FifoQueue: 'false' })).toBe('Unknown Attribute FifoQueue.');
    expect(message({ Foo: '1' })).toBe('Unknown Attribute Foo.');
    expect(message({ DeduplicationScope: 'queue' })).toBe(
      'You can specify the DeduplicationScope only when FifoQueue is set to true.',
    );
    expect(codeOf(create(sqs, 'q', { VisibilityTimeout: '43201' }))).toBe('InvalidAttributeValue');
    expect(codeOf(create(sqs, 'q', { DelaySeconds: 'x' }))).toBe('InvalidAttributeValue');
  });

  test('a name can be used again a minute after its queue was deleted', () => {
    const sqs = new LoneSqs();
    sqs.send('orders', 'a');
    const [{ handle }] = sqs.receive('orders');
    const poll = sqs.call({ type: 'ReceiveMessageRequest', QueueUrl: 'orders', WaitTimeSeconds: 20 });
    sqs.ask({ type: 'DeleteQueueRequest', QueueUrl: 'orders' });
    expect(codeOf(sqs.answers.get(poll)!.message)).toBe('AWS.SimpleQueueService.NonExistentQueue');
    expect(codeOf(create(sqs, 'orders'))).toBe('AWS.SimpleQueueService.QueueDeletedRecently');
    expect(sqs.send('orders', 'b')).toMatchObject({ exception: 'QueueDoesNotExist', httpStatus: 400 });
    sqs.wait(60_000);
    expect(codeOf(create(sqs, 'orders'))).toBe('CreateQueueResponse');
    expect(sqs.texts('orders')).toEqual([]);
    expect(codeOf(sqs.delete('orders', handle))).toBe('ReceiptHandleIsInvalid');
  });

  test('a scenario’s queues may name dead-letter queues that come later; mistakes are content mistakes', () => {
    const redrive = (queue: string) => ({
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queue, maxReceiveCount: 1 }),
    });
    const init = (attributes: Readonly<Record<string, string>>) =>
      part.machine.init({ name: 'sqs', queues: [{ name: 'q', attributes }, { name: 'dead' }] });
    expect(init(redrive('sqs/dead')).queues.get('q')?.settings.redrive).toEqual({
      queue: 'dead',
      maxReceives: 1,
    });
    expect(() => init(redrive('sqs/nowhere'))).toThrow(BadOption);
    expect(() => init({ Foo: '1' })).toThrow(BadOption);
  });
});

group('listing', () => {
  test('by prefix and page', () => {
    const sqs = new LoneSqs(['a1', 'a2', 'a3', 'b1'].map((name) => ({ name })));
    const list = (more: Partial<Api.ListQueuesRequest>) => {
      const answer = sqs.ask<Api.ListQueuesResponse>({ type: 'ListQueuesRequest', ...more });
      if (answer.type === 'ErrorResponse') throw new Error(answer.message);
      return { names: answer.QueueUrls?.map((url) => url.split('/').at(-1)), token: answer.NextToken };
    };
    expect(list({}).names).toEqual(['a1', 'a2', 'a3', 'b1']);
    expect(list({ QueueNamePrefix: 'none' }).names).toBeUndefined();
    const page = list({ QueueNamePrefix: 'a', MaxResults: 2 });
    expect(page.names).toEqual(['a1', 'a2']);
    expect(list({ QueueNamePrefix: 'a', MaxResults: 2, NextToken: page.token! })).toEqual({ names: ['a3'] });
  });

  test('a queue’s URL by name', () => {
    const sqs = new LoneSqs();
    expect(codeOf(sqs.ask({ type: 'GetQueueUrlRequest', QueueName: 'orders' }))).toBe('GetQueueUrlResponse');
    expect(codeOf(sqs.ask({ type: 'GetQueueUrlRequest', QueueName: 'x' }))).toContain('NonExistentQueue');
  });

  test('who names a queue as its dead-letter queue', () => {
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: 'sqs/dead', maxReceiveCount: 2 });
    const sqs = new LoneSqs([{ name: 'a', attributes: { RedrivePolicy } }, { name: 'dead' }]);
    expect(sqs.ask({ type: 'ListDeadLetterSourceQueuesRequest', QueueUrl: 'dead' })).toMatchObject({
      queueUrls: ['https://sqs.us-east-1.amazonaws.com/000000000000/a'],
    });
  });
});

group('attributes', () => {
  test('as AWS shows those of a new queue', () => {
    const sqs = new LoneSqs();
    expect(sqs.attributes('orders')).toEqual({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesDelayed: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
      CreatedTimestamp: '1704067200',
      DelaySeconds: '0',
      LastModifiedTimestamp: '1704067200',
      MaximumMessageSize: '1048576',
      MessageRetentionPeriod: '345600',
      QueueArn: 'arn:aws:sqs:us-east-1:000000000000:orders',
      ReceiveMessageWaitTimeSeconds: '0',
      SqsManagedSseEnabled: 'true',
      VisibilityTimeout: '30',
    });
    sqs.set('orders', { KmsMasterKeyId: 'key', KmsDataKeyReusePeriodSeconds: '6000' });
    expect(sqs.attributes('orders')).toMatchObject({ KmsMasterKeyId: 'key', SqsManagedSseEnabled: 'false' });
    sqs.set('orders', { KmsMasterKeyId: '', KmsDataKeyReusePeriodSeconds: '300' });
    expect(Object.keys(sqs.attributes('orders'))).not.toContain('KmsMasterKeyId');
    expect(codeOf(sqs.set('orders', { KmsMasterKeyId: 'key', SqsManagedSseEnabled: 'true' }))).toBe(
      'InvalidAttributeName',
    );
  });

  test('of a FIFO queue too, whose type stays', () => {
    const sqs = new LoneSqs([{ name: 'q.fifo' }]);
    expect(sqs.attributes('q.fifo')).toMatchObject({
      ...{ FifoQueue: 'true', ContentBasedDeduplication: 'false' },
      ...{ DeduplicationScope: 'queue', FifoThroughputLimit: 'perQueue' },
    });
    expect(codeOf(sqs.set('q.fifo', { FifoQueue: 'true' }))).toBe('SetQueueAttributesResponse');
    expect(messageOf(sqs.set('q.fifo', { FifoQueue: 'false' }))).toBe(
      'Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.',
    );
  });

  test('those asked for, and no others', () => {
    const sqs = new LoneSqs();
    const ask = (...AttributeNames: readonly string[]) =>
      sqs.ask({ type: 'GetQueueAttributesRequest', QueueUrl: 'orders', AttributeNames });
    expect(sqs.attributes('orders', 'DelaySeconds')).toEqual({ DelaySeconds: '0' });
    expect(ask()).toEqual({ type: 'GetQueueAttributesResponse' });
    expect(ask('Policy')).toEqual({ type: 'GetQueueAttributesResponse' });
    expect(messageOf(ask('Foobar'))).toBe('Unknown Attribute Foobar.');
  });

  test('counts may be of some time ago', () => {
    const sqs = new LoneSqs(undefined, { attributesLagMs: 5000 });
    const count = () => sqs.attributes('orders')['ApproximateNumberOfMessages'];
    expect(count()).toBe('0');
    sqs.send('orders', 'a');
    sqs.wait(4999);
    expect(count()).toBe('0');
    sqs.wait(1);
    expect(count()).toBe('1');
  });

  test('a shorter retention takes effect on what is there', () => {
    const sqs = new LoneSqs();
    sqs.send('orders', 'a');
    sqs.wait(50_000);
    sqs.set('orders', { MessageRetentionPeriod: '60' });
    sqs.wait(10_000);
    expect(sqs.counts('orders')).toEqual([0, 0, 0]);
  });
});

test('a purge takes everything, and is allowed once a minute', () => {
  const sqs = new LoneSqs();
  for (const text of ['a', 'b']) sqs.send('orders', text);
  sqs.send('orders', 'c', { DelaySeconds: 5 });
  sqs.receive('orders', { MaxNumberOfMessages: 1 });
  const purge = () => sqs.ask({ type: 'PurgeQueueRequest', QueueUrl: 'orders' });
  expect(codeOf(purge())).toBe('PurgeQueueResponse');
  expect(sqs.counts('orders')).toEqual([0, 0, 0]);
  expect(purge()).toMatchObject({ code: 'AWS.SimpleQueueService.PurgeQueueInProgress', httpStatus: 403 });
  sqs.send('orders', 'd');
  sqs.wait(60_000);
  expect(sqs.texts('orders')).toEqual(['d']);
  expect(codeOf(purge())).toBe('PurgeQueueResponse');
});

test('tags', () => {
  const sqs = new LoneSqs();
  const tags = () => sqs.ask<Api.ListQueueTagsResponse>({ type: 'ListQueueTagsRequest', QueueUrl: 'orders' });
  sqs.ask({ type: 'TagQueueRequest', QueueUrl: 'orders', Tags: { a: '1', b: '' } });
  sqs.ask({ type: 'TagQueueRequest', QueueUrl: 'orders', Tags: { a: '2' } });
  expect(tags()).toMatchObject({ Tags: { a: '2', b: '' } });
  sqs.ask({ type: 'UntagQueueRequest', QueueUrl: 'orders', TagKeys: ['a', 'b', 'c'] });
  expect(tags()).toEqual({ type: 'ListQueueTagsResponse' });
});

test('permissions are statements of the policy', () => {
  const sqs = new LoneSqs();
  const add = (Label: string, ...AWSAccountIds: readonly string[]) =>
    sqs.ask({
      type: 'AddPermissionRequest',
      QueueUrl: 'orders',
      Label,
      AWSAccountIds,
      Actions: ['ReceiveMessage'],
    });
  const remove = (Label: string) => sqs.ask({ type: 'RemovePermissionRequest', QueueUrl: 'orders', Label });
  add('one', '111', '222');
  expect(JSON.parse(sqs.attributes('orders')['Policy'])).toMatchObject({
    Version: '2008-10-17',
    Statement: [
      {
        ...{ Sid: 'one', Effect: 'Allow', Action: 'SQS:ReceiveMessage' },
        Principal: { AWS: ['arn:aws:iam::111:root', 'arn:aws:iam::222:root'] },
      },
    ],
  });
  expect(messageOf(add('one', '111'))).toBe(
    'Value one for parameter Label is invalid. Reason: Already exists.',
  );
  add('two', '111');
  expect(codeOf(remove('one'))).toBe('RemovePermissionResponse');
  expect(codeOf(remove('two'))).toBe('RemovePermissionResponse');
  expect(sqs.attributes('orders')).not.toHaveProperty('Policy');
  expect(messageOf(remove('two'))).toBe(
    "Value two for parameter Label is invalid. Reason: can't find label.",
  );
});
