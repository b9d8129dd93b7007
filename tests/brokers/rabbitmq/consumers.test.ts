import { expect, test } from 'vitest';
import { LoneBroker, messagesOf, ofType } from './lone-broker';

test('what is published to a queue by its name is delivered to its consumer, and gone once it is acknowledged', () => {
  const broker = new LoneBroker();
  const client = broker.connect();
  expect(client.queue('email')).toMatchObject([{ type: 'QueueDeclareOk', queue: 'email', messageCount: 0 }]);
  expect(client.publish(0, 'email')).toEqual([]);
  expect(client.consume('email')).toMatchObject([
    { type: 'BasicConsumeOk', consumerTag: 'of-email' },
    { type: 'BasicDeliver', deliveryTag: 1, redelivered: false, message: 0, source: 'rabbit/queue/email' },
  ]);
  expect(client.ack(1)).toEqual([]);
  expect(broker.facts.map(({ type }) => type)).toEqual([
    'MessageRouted',
    'MessageEnqueued',
    'MessageDelivered',
    'MessageAcknowledged',
  ]);
  expect(client.queue('email')).toMatchObject([{ messageCount: 0, consumerCount: 1 }]);
});

test('a publisher with confirms hears of what queues have, several at once', () => {
  const broker = new LoneBroker();
  const client = broker.connect();
  client.queue('email');
  client.send({ type: 'ConfirmSelect' });
  client.publish(0, 'email');
  client.publish(1, 'email');
  broker.pass(0);
  expect(broker.heard()).toMatchObject([{ type: 'BasicAck', deliveryTag: 2, multiple: true }]);
});

test('what is not settled comes back when its channel is closed, in its old order and marked', () => {
  const broker = new LoneBroker();
  const client = broker.connect();
  client.queue('email');
  for (const message of [0, 1, 2]) client.publish(message, 'email');
  client.send({ type: 'BasicQos', prefetchCount: 2 });
  expect(messagesOf(client.consume('email'))).toEqual([0, 1]);
  client.send({ type: 'ChannelClose', replyCode: 200, replyText: '', classId: 0, methodId: 0 });
  const next = client.other(2);
  const delivered = ofType(next.consume('email'), 'BasicDeliver');
  expect(delivered.map(({ message, redelivered }) => [message, redelivered])).toEqual([
    [0, true],
    [1, true],
    [2, false],
  ]);
});
