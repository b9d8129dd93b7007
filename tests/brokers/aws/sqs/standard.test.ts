import { expect, test } from 'vitest';
import { codeOf, LoneSqs, messageOf } from './lone-sqs';

test('a message is received, hidden, and gone when it is deleted', () => {
  const sqs = new LoneSqs();
  sqs.send('orders', 'a');
  const [first] = sqs.receive('orders', { AttributeNames: ['All'] });
  expect(first).toMatchObject({
    text: 'a',
    attributes: { ApproximateReceiveCount: '1', SenderId: 'client' },
  });
  expect(sqs.receive('orders')).toEqual([]);
  expect(sqs.counts('orders')).toEqual([0, 0, 1]);
  expect(codeOf(sqs.delete('orders', first.handle))).toBe('DeleteMessageResponse');
  sqs.wait(60_000);
  expect(sqs.receive('orders')).toEqual([]);
  expect(sqs.facts.map(({ type }) => type)).toEqual([
    'MessageAccepted',
    'MessageReceived',
    'VisibilityTimeoutStarted',
    'MessageDeleted',
  ]);
});

test('an empty answer has no Messages', () => {
  const sqs = new LoneSqs();
  expect(sqs.ask({ type: 'ReceiveMessageRequest', QueueUrl: 'orders' })).toEqual({
    type: 'ReceiveMessageResponse',
  });
});

test('it shows again at the instant its timeout ends, with a new handle', () => {
  const sqs = new LoneSqs([{ name: 'orders', attributes: { VisibilityTimeout: '2' } }]);
  sqs.send('orders', 'a');
  const [first] = sqs.receive('orders');
  sqs.wait(1999);
  expect(sqs.receive('orders')).toEqual([]);
  sqs.wait(1);
  const [again] = sqs.receive('orders', { AttributeNames: ['ApproximateReceiveCount'] });
  expect(again.text).toBe('a');
  expect(again.id).toBe(first.id);
  expect(again.handle).not.toBe(first.handle);
  expect(again.attributes).toEqual({ ApproximateReceiveCount: '2' });
  expect(sqs.factsOf('MessageReceivedAgain')).toMatchObject([
    { kind: 'redelivered', amount: 2, position: 0 },
  ]);
});

test('a change of visibility counts from now, and for this receive only', () => {
  const sqs = new LoneSqs();
  sqs.send('orders', 'a');
  const [first] = sqs.receive('orders');
  sqs.visibility('orders', first.handle, 0);
  const [second] = sqs.receive('orders');
  expect(second.text).toBe('a');
  sqs.visibility('orders', second.handle, 10);
  sqs.wait(9999);
  expect(sqs.texts('orders')).toEqual([]);
  sqs.wait(1);
  expect(sqs.texts('orders')).toEqual(['a']);
  sqs.wait(29_999);
  expect(sqs.texts('orders')).toEqual([]);
  sqs.wait(1);
  expect(sqs.texts('orders')).toEqual(['a']);
});

test('visibility ends twelve hours after the receive at the latest', () => {
  const sqs = new LoneSqs();
  sqs.send('orders', 'a');
  const [{ handle }] = sqs.receive('orders');
  sqs.wait(1000);
  expect(codeOf(sqs.visibility('orders', handle, 43_199))).toBe('ChangeMessageVisibilityResponse');
  expect(messageOf(sqs.visibility('orders', handle, 43_200))).toContain('beyond the limit [43200 seconds]');
  expect(codeOf(sqs.visibility('orders', handle, 43_201))).toBe('InvalidParameterValue');
});

test('a handle deletes after its timeout too, until somebody else has the message', () => {
  const sqs = new LoneSqs([{ name: 'orders', attributes: { VisibilityTimeout: '1' } }]);
  sqs.send('orders', 'a');
  sqs.send('orders', 'b');
  const [a, b] = sqs.receive('orders');
  sqs.wait(1000);
  sqs.delete('orders', a.handle);
  const [again] = sqs.receive('orders');
  expect(again.text).toBe('b');
  expect(codeOf(sqs.delete('orders', b.handle))).toBe('DeleteMessageResponse');
  expect(sqs.counts('orders')).toEqual([0, 0, 1]);
  expect(sqs.factsOf('DeleteIgnored')).toHaveLength(1);
  sqs.delete('orders', again.handle);
  expect(sqs.counts('orders')).toEqual([0, 0, 0]);
  expect(codeOf(sqs.delete('orders', again.handle))).toBe('DeleteMessageResponse');
});

test('handles that are none are refused, and those of messages that are gone cannot change visibility', () => {
  const sqs = new LoneSqs([{ name: 'orders' }, { name: 'others' }]);
  sqs.send('orders', 'a');
  const [{ handle }] = sqs.receive('orders');
  expect(messageOf(sqs.delete('orders', 'garbage'))).toBe(
    'The input receipt handle "garbage" is not a valid receipt handle.',
  );
  expect(codeOf(sqs.visibility('orders', 'garbage', 1))).toBe('ReceiptHandleIsInvalid');
  expect(codeOf(sqs.delete('others', handle))).toBe('ReceiptHandleIsInvalid');
  sqs.delete('orders', handle);
  expect(messageOf(sqs.visibility('orders', handle, 42))).toBe(
    `Value ${handle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
  );
});

test('visibility of a message whose timeout is over can be changed: it is hidden again', () => {
  const sqs = new LoneSqs([{ name: 'orders', attributes: { VisibilityTimeout: '1' } }]);
  sqs.send('orders', 'a');
  const [{ handle }] = sqs.receive('orders');
  sqs.wait(2000);
  sqs.visibility('orders', handle, 2);
  expect(sqs.texts('orders')).toEqual([]);
  sqs.wait(2000);
  expect(sqs.texts('orders')).toEqual(['a']);
});

test('an older handle changes visibility still, as was recorded', () => {
  const sqs = new LoneSqs();
  sqs.send('orders', 'a');
  const [first] = sqs.receive('orders', { VisibilityTimeout: 0 });
  expect(sqs.texts('orders', { VisibilityTimeout: 3 })).toEqual(['a']);
  sqs.visibility('orders', first.handle, 0);
  expect(sqs.texts('orders')).toEqual(['a']);
});

test('delays: of the message before the queue’s own', () => {
  const sqs = new LoneSqs([{ name: 'orders', attributes: { DelaySeconds: '5' } }]);
  sqs.send('orders', 'late');
  sqs.send('orders', 'now', { DelaySeconds: 0 });
  sqs.send('orders', 'soon', { DelaySeconds: 2 });
  expect(sqs.counts('orders')).toEqual([1, 2, 0]);
  expect(sqs.texts('orders')).toEqual(['now']);
  sqs.wait(2000);
  expect(sqs.texts('orders')).toEqual(['soon']);
  sqs.wait(3000);
  expect(sqs.texts('orders')).toEqual(['late']);
  expect(sqs.factsOf('DelayEnded')).toHaveLength(2);
});

test('messages are kept for the retention period, in flight or not', () => {
  const sqs = new LoneSqs([{ name: 'orders', attributes: { MessageRetentionPeriod: '60' } }]);
  sqs.send('orders', 'a');
  sqs.send('orders', 'b');
  sqs.receive('orders', { MaxNumberOfMessages: 1, VisibilityTimeout: 300 });
  sqs.wait(59_999);
  expect(sqs.counts('orders')).toEqual([1, 0, 1]);
  sqs.wait(1);
  expect(sqs.counts('orders')).toEqual([0, 0, 0]);
  expect(sqs.factsOf('MessageExpired').map(({ position }) => position)).toEqual([0, 1]);
});

test('in flight limit: a short poll is told, a long poll waits', () => {
  const sqs = new LoneSqs(undefined, { inFlightLimit: 2 });
  for (const text of ['a', 'b', 'c']) sqs.send('orders', text);
  const [a] = sqs.receive('orders');
  expect(sqs.counts('orders')).toEqual([1, 0, 2]);
  expect(codeOf(sqs.ask({ type: 'ReceiveMessageRequest', QueueUrl: 'orders' }))).toBe('OverLimit');
  const poll = sqs.call({ type: 'ReceiveMessageRequest', QueueUrl: 'orders', WaitTimeSeconds: 5 });
  sqs.wait(5000);
  expect(sqs.received(poll)).toEqual([]);
  sqs.delete('orders', a.handle);
  expect(sqs.texts('orders')).toEqual(['c']);
});

test('the service keeps everything over an outage but polls that wait', () => {
  const sqs = new LoneSqs();
  sqs.send('orders', 'a');
  sqs.send('orders', 'b', { DelaySeconds: 10 });
  sqs.receive('orders', { MaxNumberOfMessages: 1 });
  sqs.wait(5000);
  sqs.restart();
  sqs.wait(5000);
  expect(sqs.texts('orders')).toEqual(['b']);
  sqs.wait(20_000);
  expect(sqs.texts('orders')).toEqual(['a']);
});
