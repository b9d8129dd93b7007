import { expect, test } from 'vitest';
import { codeOf, LoneSqs, messageOf } from './lone-sqs';

const queue = 'orders.fifo';
const fifo = (attributes: Readonly<Record<string, string>> = {}, options = {}) =>
  new LoneSqs([{ name: queue, attributes }], options);

test('one receive takes what it can from one group, then from the next', () => {
  const sqs = fifo();
  sqs.sendTo(queue, 'g1', 'g1m1');
  sqs.sendTo(queue, 'g2', 'g2m1');
  sqs.sendTo(queue, 'g1', 'g1m2', 'g1m3');
  expect(sqs.texts(queue)).toEqual(['g1m1', 'g1m2', 'g1m3', 'g2m1']);
});

test('a group gives nothing behind a message in flight; deleting it frees the group and wakes who waits', () => {
  const sqs = fifo();
  sqs.sendTo(queue, 'g', '1', '2');
  sqs.sendTo(queue, 'h', '3');
  const [one] = sqs.receive(queue, { MaxNumberOfMessages: 1 });
  expect(one.text).toBe('1');
  expect(sqs.texts(queue)).toEqual(['3']);
  const poll = sqs.call({ type: 'ReceiveMessageRequest', QueueUrl: queue, WaitTimeSeconds: 10 });
  sqs.wait(1000);
  sqs.delete(queue, one.handle);
  expect(sqs.received(poll).map(({ text }) => text)).toEqual(['2']);
});

test('deleting some of what was received keeps the group locked', () => {
  const sqs = fifo();
  sqs.sendTo(queue, 'g', '1', '2', '3');
  const [one] = sqs.receive(queue, { MaxNumberOfMessages: 2 });
  sqs.delete(queue, one.handle);
  expect(sqs.texts(queue)).toEqual([]);
});

test('after a timeout the same order comes again', () => {
  const sqs = fifo({ VisibilityTimeout: '1' });
  sqs.sendTo(queue, 'g', '1', '2', '3');
  sqs.receive(queue, { MaxNumberOfMessages: 2 });
  sqs.wait(1000);
  expect(sqs.texts(queue)).toEqual(['1', '2', '3']);
});

test('groups come in the order in which their first messages became available, as was recorded', () => {
  const sqs = fifo({ VisibilityTimeout: '1' });
  sqs.sendTo(queue, 'g1', 'g1m1', 'g1m2', 'g1m3', 'g1m4');
  sqs.sendTo(queue, 'g2', 'g2m1');
  sqs.sendTo(queue, 'g3', 'g3m1');
  expect(sqs.texts(queue, { MaxNumberOfMessages: 2 })).toEqual(['g1m1', 'g1m2']);
  expect(sqs.texts(queue, { MaxNumberOfMessages: 1 })).toEqual(['g2m1']);
  sqs.wait(2000);
  expect(sqs.texts(queue)).toEqual(['g3m1', 'g1m1', 'g1m2', 'g1m3', 'g1m4', 'g2m1']);
});

test('a group that is freed by deletes has the place of its next message, as was recorded', () => {
  const sqs = fifo();
  sqs.sendTo(queue, 'g1', 'g1m1');
  sqs.sendTo(queue, 'g2', 'g2m1');
  sqs.sendTo(queue, 'g1', 'g1m2');
  sqs.sendTo(queue, 'g2', 'g2m2');
  sqs.sendTo(queue, 'g1', 'g1m3', 'g1m4');
  sqs.sendTo(queue, 'g3', 'g3m1');
  for (const { handle } of sqs.receive(queue, { MaxNumberOfMessages: 2 })) sqs.delete(queue, handle);
  expect(sqs.texts(queue)).toEqual(['g2m1', 'g2m2', 'g1m3', 'g1m4', 'g3m1']);
});

test('with a timeout of 0 a group is given, in order, and waits for its turn again', () => {
  const sqs = fifo();
  sqs.sendTo(queue, 'g1', 'g1m1');
  sqs.sendTo(queue, 'g2', 'g2m1', 'g2m2');
  sqs.sendTo(queue, 'g3', 'g3m1');
  sqs.sendTo(queue, 'g1', 'g1m2');
  const at0 = { VisibilityTimeout: 0 };
  expect(sqs.texts(queue, { ...at0, MaxNumberOfMessages: 3 })).toEqual(['g1m1', 'g1m2', 'g2m1']);
  expect(sqs.texts(queue, at0)).toEqual(['g3m1', 'g1m1', 'g1m2', 'g2m1', 'g2m2']);
});

test('the first message alone shows again when its own timeout ends', () => {
  const sqs = fifo();
  sqs.sendTo(queue, 'g1', 'g1m1', 'g1m2');
  sqs.sendTo(queue, 'g2', 'g2m1');
  const [first] = sqs.receive(queue, { MaxNumberOfMessages: 2 });
  sqs.visibility(queue, first.handle, 0);
  expect(sqs.texts(queue)).toEqual(['g2m1', 'g1m1']);
});

test.each([
  [0, []],
  [1, ['foo']],
  [2, ['foo', 'bar']],
])('a longer timeout for message %i hides it and all behind it', (at, texts) => {
  const sqs = fifo({ VisibilityTimeout: '1' });
  sqs.sendTo(queue, '1', 'foo', 'bar', 'baz');
  const { handle } = sqs.receive(queue)[at];
  sqs.visibility(queue, handle, 4);
  sqs.wait(2500);
  expect(sqs.texts(queue)).toEqual(texts);
});

test('a handle is good until its timeout ends', () => {
  const sqs = fifo({ VisibilityTimeout: '1' });
  sqs.sendTo(queue, 'g', '1');
  const [{ handle }] = sqs.receive(queue);
  sqs.wait(1000);
  const refused = sqs.delete(queue, handle);
  expect(codeOf(refused)).toBe('InvalidParameterValue');
  expect(messageOf(refused)).toBe(
    `Value ${handle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
  );
  sqs.receive(queue);
  expect(codeOf(sqs.delete(queue, handle))).toBe('InvalidParameterValue');
  expect(sqs.counts(queue)).toEqual([0, 0, 1]);
});

test('a delay is the queue’s own', () => {
  const sqs = fifo({ DelaySeconds: '2', ContentBasedDeduplication: 'true' });
  expect(codeOf(sqs.send(queue, 'a', { MessageGroupId: 'g', DelaySeconds: 1 }))).toBe(
    'InvalidParameterValue',
  );
  sqs.send(queue, 'a', { MessageGroupId: 'g', DelaySeconds: 0 });
  sqs.send(queue, 'b', { MessageGroupId: 'g' });
  expect(sqs.texts(queue)).toEqual([]);
  sqs.wait(2000);
  expect(sqs.texts(queue)).toEqual(['a', 'b']);
});

test('numbers of messages grow', () => {
  const sqs = fifo();
  const numbers = ['1', '2', '3'].map((text) => {
    const answer = sqs.send(queue, text, { MessageGroupId: 'g', MessageDeduplicationId: text });
    return answer.type === 'SendMessageResponse' ? BigInt(answer.SequenceNumber!) : 0n;
  });
  expect(numbers[0] < numbers[1] && numbers[1] < numbers[2]).toBe(true);
});

test('an attempt that is repeated gets the same messages and handles, hidden anew', () => {
  const sqs = fifo();
  sqs.sendTo(queue, 'g', '1', '2');
  const attempt = { ReceiveRequestAttemptId: 'x', MaxNumberOfMessages: 2 };
  const lost = sqs.receive(queue, attempt);
  sqs.wait(20_000);
  const again = sqs.receive(queue, attempt);
  expect(again.map(({ handle }) => handle)).toEqual(lost.map(({ handle }) => handle));
  sqs.wait(29_000);
  expect(sqs.texts(queue)).toEqual([]);
  expect(codeOf(sqs.delete(queue, again[0].handle))).toBe('DeleteMessageResponse');
  // one of them has changed: this is a receive like any other
  expect(sqs.receive(queue, attempt)).toEqual([]);
});

test('in flight limit: no error, and nothing', () => {
  const sqs = fifo({}, { inFlightLimit: 2 });
  sqs.sendTo(queue, 'g', '1', '2');
  sqs.sendTo(queue, 'h', '3');
  const [, two] = sqs.receive(queue);
  expect(sqs.texts(queue)).toEqual([]);
  sqs.delete(queue, two.handle);
  expect(sqs.texts(queue)).toEqual(['3']);
});

test('groups are looked for among the first of a backlog only', () => {
  const sqs = fifo({}, { inFlightLimit: 3 });
  sqs.sendTo(queue, 'g', '1', '2', '3', '4');
  sqs.sendTo(queue, 'h', '5');
  const [one] = sqs.receive(queue, { MaxNumberOfMessages: 1 });
  expect(sqs.texts(queue)).toEqual([]);
  sqs.delete(queue, one.handle);
  const [two] = sqs.receive(queue, { MaxNumberOfMessages: 1 });
  sqs.delete(queue, two.handle);
  sqs.receive(queue, { MaxNumberOfMessages: 1 });
  expect(sqs.texts(queue)).toEqual(['5']);
});

test('so many calls a second of each action, unless throughput is by group', () => {
  const high = { DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' };
  const sqs = fifo({}, { fifoCallsPerSecond: 2 });
  const receives = () => codeOf(sqs.ask({ type: 'ReceiveMessageRequest', QueueUrl: queue }));
  expect([receives(), receives(), receives()]).toEqual([
    'ReceiveMessageResponse',
    'ReceiveMessageResponse',
    'RequestThrottled',
  ]);
  sqs.sendTo(queue, 'g', '1');
  sqs.wait(1000);
  expect(receives()).toBe('ReceiveMessageResponse');
  const fast = fifo(high, { fifoCallsPerSecond: 1 });
  fast.sendTo(queue, 'g', '1', '2', '3');
});
