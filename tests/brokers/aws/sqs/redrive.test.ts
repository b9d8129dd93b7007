import { expect, test } from 'vitest';
import { codeOf, LoneSqs, messageOf } from './lone-sqs';
import type * as Api from '../../../../src/brokers/aws/sqs/protocol';

const policy = (queue: string, maxReceiveCount: number) =>
  JSON.stringify({ deadLetterTargetArn: `arn:aws:sqs:us-east-1:000000000000:${queue}`, maxReceiveCount });
const withDeadLetters = (maxReceiveCount: number, attributes = {}, fifo = '') =>
  new LoneSqs([
    {
      name: `orders${fifo}`,
      attributes: { RedrivePolicy: policy(`dead${fifo}`, maxReceiveCount), ...attributes },
    },
    { name: `dead${fifo}` },
    { name: `others${fifo}` },
  ]);
const at0 = { VisibilityTimeout: 0 };

/** Sends and receives until all is in the dead-letter queue. */
function fill(sqs: LoneSqs, ...texts: readonly string[]): void {
  for (const text of texts) sqs.send('orders', text);
  while (sqs.texts('orders', at0).length > 0);
}

test('the consumer sees it as often as the policy says, and never again', () => {
  const sqs = withDeadLetters(3);
  sqs.send('orders', 'a');
  const counts = [1, 2, 3, 4].map(() =>
    sqs
      .receive('orders', { ...at0, AttributeNames: ['All'] })
      .map(({ attributes }) => attributes['ApproximateReceiveCount']),
  );
  expect(counts).toEqual([['1'], ['2'], ['3'], []]);
  expect(sqs.factsOf('MessageDeadLettered')).toMatchObject([
    { kind: 'deadLettered', subject: 'sqs/orders', position: 0, amount: 3, detail: 'sqs/dead' },
  ]);
});

test('in the dead-letter queue it has its id, counts on, and says where it came from', () => {
  const sqs = withDeadLetters(1);
  sqs.send('orders', 'a');
  const [{ id, handle }] = sqs.receive('orders', at0);
  expect(sqs.texts('orders')).toEqual([]);
  const [dead] = sqs.receive('dead', { AttributeNames: ['All'] });
  expect(dead).toMatchObject({
    id,
    attributes: {
      ApproximateReceiveCount: '2',
      DeadLetterQueueSourceArn: 'arn:aws:sqs:us-east-1:000000000000:orders',
    },
  });
  expect(codeOf(sqs.delete('orders', handle))).toBe('DeleteMessageResponse');
});

test('a receive that moves messages on is filled with others', () => {
  const sqs = withDeadLetters(1);
  sqs.send('orders', 'a');
  sqs.receive('orders', at0);
  sqs.send('orders', 'b');
  expect(sqs.texts('orders', { MaxNumberOfMessages: 1 })).toEqual(['b']);
  expect(sqs.counts('dead')).toEqual([1, 0, 0]);
});

test('who waits at the dead-letter queue is served at once', () => {
  const sqs = withDeadLetters(1);
  const poll = sqs.call({ type: 'ReceiveMessageRequest', QueueUrl: 'dead', WaitTimeSeconds: 20 });
  sqs.send('orders', 'a');
  sqs.receive('orders', at0);
  sqs.receive('orders', at0);
  expect(sqs.received(poll).map(({ text }) => text)).toEqual(['a']);
});

test('two queues that are each other’s dead-letter queues do not go round for ever', () => {
  const sqs = new LoneSqs([
    { name: 'orders', attributes: { RedrivePolicy: policy('dead', 1) } },
    { name: 'dead', attributes: { RedrivePolicy: policy('orders', 1) } },
  ]);
  sqs.call({ type: 'ReceiveMessageRequest', QueueUrl: 'dead', WaitTimeSeconds: 20 });
  sqs.send('orders', 'a');
  sqs.receive('orders', at0);
  sqs.call({ type: 'ReceiveMessageRequest', QueueUrl: 'orders', WaitTimeSeconds: 20 });
  expect([...sqs.counts('orders'), ...sqs.counts('dead')].reduce((sum, count) => sum + count)).toBe(1);
});

test('a standard dead-letter queue counts age from the first send, a FIFO one from the move', () => {
  const retention = { MessageRetentionPeriod: '100' };
  const standard = withDeadLetters(1);
  standard.set('dead', retention);
  standard.send('orders', 'a');
  standard.wait(60_000);
  standard.receive('orders', at0);
  standard.receive('orders');
  standard.wait(39_999);
  expect(standard.counts('dead')).toEqual([1, 0, 0]);
  standard.wait(1);
  expect(standard.counts('dead')).toEqual([0, 0, 0]);

  const fifo = withDeadLetters(1, {}, '.fifo');
  fifo.set('dead.fifo', retention);
  fifo.sendTo('orders.fifo', 'g', 'a');
  fifo.wait(60_000);
  fifo.receive('orders.fifo', at0);
  fifo.receive('orders.fifo');
  fifo.wait(99_999);
  expect(fifo.counts('dead.fifo')).toEqual([1, 0, 0]);
  fifo.wait(1);
  expect(fifo.counts('dead.fifo')).toEqual([0, 0, 0]);
});

test('in a FIFO queue later messages of the group go on without it', () => {
  const sqs = withDeadLetters(1, {}, '.fifo');
  sqs.sendTo('orders.fifo', 'g', '1', '2');
  expect(sqs.texts('orders.fifo', { MaxNumberOfMessages: 1, VisibilityTimeout: 1 })).toEqual(['1']);
  sqs.wait(1000);
  expect(sqs.texts('orders.fifo')).toEqual(['2']);
  expect(sqs.texts('dead.fifo')).toEqual(['1']);
});

test('policies that cannot be', () => {
  const sqs = withDeadLetters(1);
  const reason = (RedrivePolicy: string) =>
    messageOf(sqs.set('orders', { RedrivePolicy })).split('Reason: ')[1];
  expect(reason('x')).toBe('Redrive policy is not a valid JSON map.');
  expect(reason('{"maxReceiveCount":1}')).toBe(
    'Redrive policy does not contain mandatory attribute: deadLetterTargetArn.',
  );
  expect(reason(policy('dead', 0))).toBe(
    'Invalid value for maxReceiveCount: 0, valid values are from 1 to 1000 both inclusive.',
  );
  expect(reason(policy('nowhere', 1))).toBe('Dead letter target does not exist.');
  expect(reason(policy('dead.fifo', 1))).toBe('Dead letter target does not exist.');
  sqs.set('dead', { RedriveAllowPolicy: JSON.stringify({ redrivePermission: 'denyAll' }) });
  expect(reason(policy('dead', 1))).toContain('does not allow');
  const sourceQueueArns = ['arn:aws:sqs:us-east-1:000000000000:orders'];
  sqs.set('dead', { RedriveAllowPolicy: JSON.stringify({ redrivePermission: 'byQueue', sourceQueueArns }) });
  expect(codeOf(sqs.set('orders', { RedrivePolicy: policy('dead', 2) }))).toBe('SetQueueAttributesResponse');
  expect(codeOf(sqs.set('orders', { RedrivePolicy: '' }))).toBe('SetQueueAttributesResponse');
  expect(sqs.attributes('orders')).not.toHaveProperty('RedrivePolicy');
});

test('without its dead-letter queue a message stays and is received on', () => {
  const sqs = withDeadLetters(1);
  sqs.send('orders', 'a');
  sqs.receive('orders', at0);
  sqs.ask({ type: 'DeleteQueueRequest', QueueUrl: 'dead' });
  expect(sqs.texts('orders', at0)).toEqual(['a']);
});

test('a move task brings messages back as new ones', () => {
  const sqs = withDeadLetters(1);
  fill(sqs, 'a', 'b');
  sqs.wait(5000);
  const started = sqs.ask({ type: 'StartMessageMoveTaskRequest', SourceArn: 'sqs/dead' });
  expect(codeOf(started)).toBe('StartMessageMoveTaskResponse');
  sqs.wait(1000);
  const [a, b] = sqs.receive('orders', { AttributeNames: ['All'] });
  expect([a.text, b.text]).toEqual(['a', 'b']);
  expect(a.attributes['ApproximateReceiveCount']).toBe('1');
  expect(a.attributes).not.toHaveProperty('DeadLetterQueueSourceArn');
  expect(sqs.factsOf('MessageRedriven')).toHaveLength(2);
  const list = sqs.ask<Api.ListMessageMoveTasksResponse>({
    type: 'ListMessageMoveTasksRequest',
    SourceArn: 'sqs/dead',
  });
  expect(list).toMatchObject({
    Results: [
      { Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 2, ApproximateNumberOfMessagesToMove: 2 },
    ],
  });
});

test('at its rate, until it is cancelled', () => {
  const sqs = withDeadLetters(1);
  fill(sqs, 'a', 'b', 'c', 'd');
  const request = { SourceArn: 'sqs/dead', DestinationArn: 'sqs/others', MaxNumberOfMessagesPerSecond: 1 };
  const started = sqs.ask<Api.StartMessageMoveTaskResponse>({
    type: 'StartMessageMoveTaskRequest',
    ...request,
  });
  const again = sqs.ask({ type: 'StartMessageMoveTaskRequest', ...request });
  expect(messageOf(again)).toContain('There is already a task running.');
  sqs.wait(2500);
  expect(sqs.texts('others').sort()).toEqual(['a', 'b']);
  const { TaskHandle } = started as Api.StartMessageMoveTaskResponse;
  expect(sqs.ask({ type: 'CancelMessageMoveTaskRequest', TaskHandle })).toMatchObject({
    ApproximateNumberOfMessagesMoved: 2,
  });
  sqs.wait(5000);
  expect(sqs.counts('dead')).toEqual([2, 0, 0]);
});

test('it goes on after an outage, and fails when its destination is gone', () => {
  const sqs = withDeadLetters(1);
  fill(sqs, 'a', 'b', 'c', 'd');
  const request = { SourceArn: 'sqs/dead', DestinationArn: 'sqs/others', MaxNumberOfMessagesPerSecond: 1 };
  sqs.ask({ type: 'StartMessageMoveTaskRequest', ...request });
  sqs.wait(1500);
  sqs.restart();
  sqs.wait(1000);
  expect(sqs.counts('others')).toEqual([2, 0, 0]);
  sqs.ask({ type: 'DeleteQueueRequest', QueueUrl: 'others' });
  sqs.wait(1000);
  const list = sqs.ask({ type: 'ListMessageMoveTasksRequest', SourceArn: 'sqs/dead' });
  expect(list).toMatchObject({
    Results: [{ Status: 'FAILED', FailureReason: 'AWS.SimpleQueueService.NonExistentQueue' }],
  });
});

test('tasks that cannot be', () => {
  const sqs = withDeadLetters(1);
  const start = (SourceArn: string, DestinationArn?: string) =>
    sqs.ask({ type: 'StartMessageMoveTaskRequest', SourceArn, ...(DestinationArn && { DestinationArn }) });
  expect(messageOf(start('sqs/others'))).toBe('Source queue must be configured as a Dead Letter Queue.');
  expect(messageOf(start('sqs/nowhere'))).toContain('SourceArn parameter');
  expect(messageOf(start('sqs/dead', 'sqs/nowhere'))).toContain('DestinationArn parameter');
  const cancel = (taskId: string, sourceArn: string) => {
    const TaskHandle = Buffer.from(JSON.stringify({ taskId, sourceArn })).toString('base64');
    return messageOf(sqs.ask({ type: 'CancelMessageMoveTaskRequest', TaskHandle }));
  };
  expect(cancel('x', 'sqs/nowhere')).toContain('SourceArn parameter');
  expect(cancel('x', 'sqs/dead')).toBe('Task does not exist.');
});
