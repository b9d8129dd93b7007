import { expect, test } from 'vitest';
import type * as Api from '../../../../src/brokers/aws/sqs/protocol';
import { codeOf, LoneSqs, messageOf } from './lone-sqs';

const text = (value: string) => ({ DataType: 'String', StringValue: value });
const batch = (
  sqs: LoneSqs,
  entries: readonly (Partial<Api.Sent> & { Id: string; text: string })[],
  queue = 'orders',
) =>
  sqs.ask<Api.SendMessageBatchResponse>({
    type: 'SendMessageBatchRequest',
    QueueUrl: queue,
    Entries: entries.map(({ text: body, ...entry }) => ({ Body: sqs.content(body), ...entry })),
  });
const entries = (count: number) => Array.from({ length: count }, (_, i) => ({ Id: `m${i}`, text: 'x' }));

test('a body must be there, of valid characters, and not too long', () => {
  const sqs = new LoneSqs([{ name: 'orders', attributes: { MaximumMessageSize: '1024' } }]);
  expect(sqs.send('orders', '')).toMatchObject({
    code: 'MissingParameter',
    exception: 'MissingRequiredParameterException',
    message: 'The request must contain the parameter MessageBody.',
  });
  expect(codeOf(sqs.send('orders', 'a\u0000'))).toBe('InvalidMessageContents');
  expect(codeOf(sqs.send('orders', 'a'.repeat(1024)))).toBe('SendMessageResponse');
  const attributes = { MessageAttributes: { k: text('x') } };
  expect(codeOf(sqs.send('orders', 'a'.repeat(1016), attributes))).toBe('SendMessageResponse');
  expect(messageOf(sqs.send('orders', 'a'.repeat(1017), attributes))).toBe(
    'One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.',
  );
});

test('one entry of a batch that is too long fails alone', () => {
  const sqs = new LoneSqs([{ name: 'orders', attributes: { MaximumMessageSize: '1024' } }]);
  const answer = batch(sqs, [
    { Id: '1', text: 'a'.repeat(1024) },
    { Id: '2', text: 'a'.repeat(1025) },
    { Id: '3', text: '\u0001' },
  ]);
  expect(answer).toMatchObject({
    Successful: [{ Id: '1' }],
    Failed: [
      {
        ...{ Id: '2', SenderFault: true, Code: 'InvalidParameterValue' },
        Message:
          'One or more parameters cannot be validated. Reason: Message must be shorter than 1024 bytes.',
      },
      { Id: '3', Code: 'InvalidMessageContents' },
    ],
  });
});

test('what fails a whole batch', () => {
  const sqs = new LoneSqs([{ name: 'orders' }, { name: 'q.fifo' }]);
  const prefix = 'AWS.SimpleQueueService.';
  expect(codeOf(batch(sqs, []))).toBe(`${prefix}EmptyBatchRequest`);
  expect(messageOf(batch(sqs, entries(11)))).toBe(
    'Maximum number of entries per request are 10. You have sent 11.',
  );
  expect(codeOf(batch(sqs, [{ Id: 'a b', text: 'x' }]))).toBe(`${prefix}InvalidBatchEntryId`);
  expect(codeOf(batch(sqs, [...entries(1), ...entries(1)]))).toBe(`${prefix}BatchEntryIdsNotDistinct`);
  const long = { Id: '1', text: 'a'.repeat(1048568), MessageAttributes: { k: text('x') } };
  expect(messageOf(batch(sqs, [long, { Id: '2', text: 'a' }]))).toBe(
    'Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.',
  );
  const fine = { Id: '1', text: 'x', MessageGroupId: 'g', MessageDeduplicationId: '1' };
  expect(messageOf(batch(sqs, [fine, { Id: '2', text: 'x', MessageGroupId: 'g' }], 'q.fifo'))).toBe(
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  );
  expect(codeOf(batch(sqs, [fine, { Id: '2', text: 'x', MessageDeduplicationId: '2' }], 'q.fifo'))).toBe(
    'InvalidParameterValue',
  );
  expect(sqs.counts('q.fifo')).toEqual([0, 0, 0]);
  expect(sqs.factsOf('MessageRefused').length).toBeGreaterThan(10);
});

test('batches of deletes and of changes fail by entry', () => {
  const sqs = new LoneSqs();
  batch(sqs, entries(2));
  const [one, two] = sqs.receive('orders');
  const changes = [
    { Id: '1', ReceiptHandle: one.handle, VisibilityTimeout: 0 },
    { Id: '2', ReceiptHandle: 'garbage', VisibilityTimeout: 0 },
  ];
  expect(
    sqs.ask({ type: 'ChangeMessageVisibilityBatchRequest', QueueUrl: 'orders', Entries: changes }),
  ).toMatchObject({ Successful: [{ Id: '1' }], Failed: [{ Id: '2', Code: 'ReceiptHandleIsInvalid' }] });
  expect(sqs.counts('orders')).toEqual([1, 0, 1]);
  const Entries = [
    { Id: '1', ReceiptHandle: two.handle },
    { Id: '2', ReceiptHandle: 'garbage' },
  ];
  expect(sqs.ask({ type: 'DeleteMessageBatchRequest', QueueUrl: 'orders', Entries })).toMatchObject({
    Successful: [{ Id: '1' }],
    Failed: [{ Id: '2' }],
  });
  expect(sqs.counts('orders')).toEqual([1, 0, 0]);
});

test('limits of a receive', () => {
  const sqs = new LoneSqs();
  const receive = (more: Partial<Api.ReceiveMessageRequest>) =>
    messageOf(sqs.ask({ type: 'ReceiveMessageRequest', QueueUrl: 'orders', ...more }));
  expect(receive({ MaxNumberOfMessages: 11 })).toBe(
    'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
  );
  expect(receive({ WaitTimeSeconds: 21 })).toBe(
    'Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.',
  );
  expect(receive({ VisibilityTimeout: 43_201 })).toContain('VisibilityTimeout');
});

test('attributes of messages: what they may be', () => {
  const sqs = new LoneSqs();
  const send = (name: string, DataType: string, StringValue: string) =>
    codeOf(sqs.send('orders', 'x', { MessageAttributes: { [name]: { DataType, StringValue } } }));
  expect(send('attr.1øßä', 'String', 'Valid')).toBe('SendMessageResponse');
  expect(send('price', 'Number.float', '-1.5e3')).toBe('SendMessageResponse');
  for (const name of ['aWs.x', 'AMAZON.x', '.x', 'x.', 'a!', 'L'.repeat(257)])
    expect(send(name, 'String', 'Valid'), name).toBe('InvalidParameterValue');
  expect(send('a', 'Invalid', 'x')).toBe('InvalidParameterValue');
  expect(send('a', 'Number', 'x')).toBe('InvalidParameterValue');
  expect(send('a', 'String', '\u0008')).toBe('InvalidParameterValue');
  expect(messageOf(sqs.send('orders', 'x', { MessageAttributes: { ErrorDetails: text('') } }))).toBe(
    "Message (user) attribute 'ErrorDetails' must contain a non-empty value of type 'String'.",
  );
  const many = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`a${i}`, text('x')]));
  expect(codeOf(sqs.send('orders', 'x', { MessageAttributes: many }))).toBe('InvalidParameterValue');
});

test.each([
  [[], undefined],
  [['All'], ['General', 'Hello', 'Help.Me']],
  [['*'], ['General', 'Hello', 'Help.Me']],
  [['.*'], ['General', 'Hello', 'Help.Me']],
  [['Foo', 'Help'], undefined],
  [['Foo', 'Hello'], ['Hello']],
  [['Hel.*'], ['Hello', 'Help.Me']],
  [['AWS.'], undefined],
])('attributes that a receiver asks for by %j', (MessageAttributeNames, names) => {
  const sqs = new LoneSqs();
  const MessageAttributes = { 'Help.Me': text('Me'), Hello: text('There'), General: text('Kenobi') };
  sqs.send('orders', 'msg', { MessageAttributes });
  const [{ message }] = sqs.receive('orders', { MessageAttributeNames });
  expect(message.MessageAttributes && Object.keys(message.MessageAttributes).sort()).toEqual(names);
});

test('of system attributes the older parameter goes before the newer', () => {
  const sqs = new LoneSqs([{ name: 'orders', attributes: { VisibilityTimeout: '0' } }]);
  sqs.send('orders', 'x', { MessageSystemAttributes: { AWSTraceHeader: text('Root=1') } });
  const names = (more: Partial<Api.ReceiveMessageRequest>) =>
    Object.keys(sqs.receive('orders', more)[0].attributes);
  expect(names({ MessageSystemAttributeNames: ['All'], AttributeNames: ['SenderId'] })).toEqual(['SenderId']);
  expect(names({ MessageSystemAttributeNames: ['All'] })).toContain('AWSTraceHeader');
  expect(names({ AttributeNames: ['SequenceNumber'] })).toEqual([]);
});

test('what requests are billed: a batch is one, an empty receive is one, each 64 KiB is one', () => {
  const sqs = new LoneSqs([{ name: 'orders' }, { name: 'q.fifo' }]);
  const usage = (queue: string, action: string) => sqs.state.queues.get(queue)!.usage.get(action);
  sqs.receive('orders');
  expect(usage('orders', 'ReceiveMessage')).toEqual({ calls: 1, requests: 1, cost: 400 });
  batch(sqs, entries(10));
  expect(usage('orders', 'SendMessageBatch')).toEqual({ calls: 1, requests: 1, cost: 400 });
  sqs.send('orders', 'a'.repeat(64 * 1024 + 1));
  expect(usage('orders', 'SendMessage')).toEqual({ calls: 1, requests: 2, cost: 800 });
  sqs.receive('orders');
  sqs.receive('orders');
  expect(usage('orders', 'ReceiveMessage')).toEqual({ calls: 3, requests: 4, cost: 1600 });
  sqs.sendTo('q.fifo', 'g', '1');
  expect(usage('q.fifo', 'SendMessage')).toEqual({ calls: 1, requests: 1, cost: 500 });
});
