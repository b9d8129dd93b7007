import { describe, expect, test } from 'vitest';
import type { FieldTable } from '../../../src/brokers/rabbitmq/protocol';
import { LoneBroker, messagesOf, ofType, type Client } from './lone-broker';

function opened(spec = {}): { broker: LoneBroker; client: Client } {
  const broker = new LoneBroker(spec);
  return { broker, client: broker.connect() };
}

/** What is ready in a queue, from its head on. */
function drained(client: Client, queue: string): (number | string)[] {
  const found: (number | string)[] = [];
  for (;;) {
    const got = client.get(queue, { noAck: true });
    if (got.type !== 'BasicGetOk') return found;
    found.push(got.redelivered ? `${got.message} again` : got.message);
  }
}

const deathsIn = (method: unknown): string[] => {
  const { headers } = (method as { properties: { headers?: FieldTable } }).properties;
  const deaths = (headers?.['x-death'] ?? []) as unknown as readonly { queue: string; reason: string; count: number }[]; // prettier-ignore
  return deaths.map(({ queue, reason, count }) => `${queue} ${reason} ${count}`);
};

describe('what goes by itself', () => {
  test('of a message and its queue the shorter time to live counts', () => {
    const { broker, client } = opened();
    client.queue('q', { 'x-message-ttl': 1000 });
    client.publish(0, 'q', { expiration: '200' });
    client.publish(1, 'q', { expiration: '5000' });
    broker.pass(300);
    expect(client.queue('q', { 'x-message-ttl': 1000 })).toMatchObject([{ messageCount: 1 }]);
    broker.pass(701);
    expect(client.queue('q', { 'x-message-ttl': 1000 })).toMatchObject([{ messageCount: 0 }]);
  });

  test('a message expires at the head only: a short one waits behind a long one', () => {
    const { broker, client } = opened();
    client.queue('q');
    client.publish(0, 'q', { expiration: '500' });
    client.publish(1, 'q', { expiration: '100' });
    broker.pass(400);
    expect(client.queue('q')).toMatchObject([{ messageCount: 2 }]);
    broker.pass(101);
    expect(client.queue('q')).toMatchObject([{ messageCount: 0 }]);
  });

  test('a time to live of nothing is enough for a consumer that waits', () => {
    const { client } = opened();
    client.queue('q', { 'x-message-ttl': 0 });
    client.publish(0, 'q');
    expect(client.queue('q', { 'x-message-ttl': 0 })).toMatchObject([{ messageCount: 0 }]);
    client.consume('q');
    expect(messagesOf(client.publish(1, 'q'))).toEqual([1]);
  });

  test('a queue that nobody uses for so long is gone; declaring it again counts as use', () => {
    const { broker, client } = opened();
    client.queue('q', { 'x-expires': 500 });
    broker.pass(300);
    client.queue('q', { 'x-expires': 500 });
    broker.pass(300);
    expect(client.queue('q', {}, { passive: true })).toMatchObject([{ type: 'QueueDeclareOk' }]);
    broker.pass(501);
    expect(client.queue('q', {}, { passive: true })).toMatchObject([
      { type: 'ChannelClose', replyCode: 404 },
    ]);
  });

  test.each([
    ['drop-head', [2, 3], 'BasicAck'],
    ['reject-publish', [0, 1], 'BasicNack'],
  ])('a full queue with %s', (overflow, left, answer) => {
    const { broker, client } = opened();
    client.queue('q', { 'x-max-length': 2, 'x-overflow': overflow });
    client.send({ type: 'ConfirmSelect' });
    for (const message of [0, 1]) client.publish(message, 'q');
    broker.pass(0).heard();
    for (const message of [2, 3]) client.publish(message, 'q');
    broker.pass(0);
    expect(broker.heard()).toMatchObject([{ type: answer, deliveryTag: 4, multiple: true }]);
    expect(drained(client, 'q')).toEqual(left);
  });

  test('higher priorities go first, and those above the highest count as it', () => {
    const { client } = opened();
    client.queue('q', { 'x-max-priority': 5 });
    for (const [message, priority] of [[0, 0], [1, 1], [2, 5], [3, 9], [4, 1]]) client.publish(message, 'q', { priority }); // prettier-ignore
    expect(drained(client, 'q')).toEqual([2, 3, 1, 4, 0]);
  });
});

describe('dead letters', () => {
  test('what is rejected goes on with its death in its headers, and each round counts', () => {
    const { broker, client } = opened();
    client.queue('work', { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'retry' });
    client.queue('retry', { 'x-message-ttl': 200, 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'work' }); // prettier-ignore
    client.consume('work');
    const [first] = ofType(client.publish(0, 'work'), 'BasicDeliver');
    expect(deathsIn(first)).toEqual([]);
    client.nack(1, { requeue: false });
    broker.pass(200);
    expect(deathsIn(broker.heard()[0])).toEqual(['retry expired 1', 'work rejected 1']);
    client.nack(2, { requeue: false });
    broker.pass(200);
    expect(deathsIn(broker.heard()[0])).toEqual(['retry expired 2', 'work rejected 2']);
  });

  test('a round in which nobody has rejected anything is cut', () => {
    const { broker, client } = opened();
    client.queue('q', { 'x-message-ttl': 100, 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'q' }); // prettier-ignore
    client.publish(0, 'q');
    broker.pass(1000);
    expect(broker.facts.map(({ type, detail }) => [type, detail])).toContainEqual(['MessageLost', 'cycle']);
    expect(drained(client, 'q')).toEqual([]);
  });

  test.each([
    ['3.10', 5],
    ['4.0', 1],
  ] as const)('what a client writes under x-death is taken for true by 3.10 only: %s', (version, count) => {
    const { client } = opened({ version });
    client.queue('q', { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'dead' });
    client.queue('dead');
    const death = { queue: 'q', reason: 'rejected', count: 4, exchange: '', 'routing-keys': ['q'] };
    client.publish(0, 'q', { headers: { 'x-death': [death] } });
    client.get('q');
    client.nack(1, { requeue: false });
    expect(deathsIn(client.get('dead'))).toEqual([`q rejected ${count}`]);
  });
});

describe('consumers', () => {
  test('they take turns, and who has all it may have is left out', () => {
    const { broker } = opened();
    const [a, b] = [broker.connect(2), broker.connect(3)];
    a.queue('q');
    for (const one of [a, b]) {
      one.send({ type: 'BasicQos', prefetchCount: 2 });
      one.consume('q');
    }
    const publisher = broker.connect(4);
    for (const message of [1, 2, 3, 4, 5]) publisher.publish(message, 'q');
    expect(messagesOf(broker.heard(2))).toEqual([1, 3]);
    expect(messagesOf(broker.heard(3))).toEqual([2, 4]);
    expect(messagesOf(b.ack(1))).toEqual([5]);
  });

  test('what is given back takes its old place', () => {
    const { client } = opened();
    client.queue('q');
    for (const message of [1, 2, 3, 4, 5]) client.publish(message, 'q');
    for (let i = 0; i < 3; i++) client.get('q');
    for (const tag of [3, 1, 2]) client.nack(tag);
    expect(drained(client, 'q')).toEqual(['1 again', '2 again', '3 again', 4, 5]);
  });

  test('higher priority goes first until it has all it may have', () => {
    const { broker, client } = opened();
    client.queue('q');
    const high = broker.connect(2);
    client.consume('q');
    high.send({ type: 'BasicQos', prefetchCount: 1 });
    high.consume('q', { arguments: { 'x-priority': 5 } });
    const publisher = broker.connect(3);
    for (const message of [1, 2, 3]) publisher.publish(message, 'q');
    expect(messagesOf(broker.heard(2))).toEqual([1]);
    expect(messagesOf(broker.heard(1))).toEqual([2, 3]);
  });

  test('a limit of the channel is shared by its consumers', () => {
    const { client } = opened();
    for (const queue of ['q', 'r']) client.queue(queue);
    client.send({ type: 'BasicQos', prefetchCount: 3, global: true });
    for (const queue of ['q', 'r']) client.consume(queue);
    const sent = [1, 2, 3, 4].flatMap((message) => client.publish(message, message % 2 ? 'q' : 'r'));
    expect(messagesOf(sent)).toEqual([1, 2, 3]);
    expect(messagesOf(client.ack(1))).toEqual([4]);
  });

  test('the next in line takes over from a single active consumer, and not its deliveries', () => {
    const { broker, client } = opened();
    client.queue('q', { 'x-single-active-consumer': true });
    client.consume('q');
    broker.connect(2).consume('q');
    const publisher = broker.connect(3);
    publisher.publish(1, 'q');
    expect(messagesOf(broker.heard(1))).toEqual([1]);
    client.send({ type: 'BasicCancel', consumerTag: 'of-q' });
    publisher.publish(2, 'q');
    expect(messagesOf(broker.heard(2))).toEqual([2]);
    client.nack(1);
    expect(messagesOf(broker.heard(2))).toEqual([1]);
  });

  test('an auto-delete queue goes with its last consumer, whom a queue that is deleted tells', () => {
    const { client } = opened();
    client.queue('q', {}, { autoDelete: true });
    client.consume('q');
    client.send({ type: 'BasicCancel', consumerTag: 'of-q' });
    client.queue('r');
    client.consume('r');
    expect(client.send({ type: 'QueueDelete', queue: 'r' })).toMatchObject([
      { type: 'BasicCancel', consumerTag: 'of-r' },
      { type: 'QueueDeleteOk', messageCount: 0 },
    ]);
    expect(client.queue('q', {}, { passive: true })).toMatchObject([{ replyCode: 404 }]);
  });

  test('who holds a delivery too long loses the channel at the next tick, and the message goes back', () => {
    const { broker, client } = opened({ options: { consumer_timeout: 60_000 } });
    client.queue('q');
    client.publish(0, 'q');
    broker.pass(10);
    client.consume('q');
    expect(broker.pass(119_000).heard()).toEqual([]);
    expect(broker.pass(1000).heard()).toMatchObject([{ type: 'ChannelClose', replyCode: 406 }]);
    expect(drained(client.other(2), 'q')).toEqual(['0 again']);
  });
});

describe('the end of a node', () => {
  test('leaves of a durable queue what is persistent and written, marked after a crash', () => {
    const { broker, client } = opened();
    client.queue('q');
    client.queue('gone', {}, { durable: false });
    client.publish(0, 'q', { deliveryMode: 2 });
    client.publish(1, 'q');
    client.publish(2, 'gone', { deliveryMode: 2 });
    broker.pass(5);
    client.publish(3, 'q', { deliveryMode: 2 });
    broker.crash();
    expect(broker.facts.filter(({ type }) => type === 'MessageLost').map(({ message }) => message)).toEqual([1, 3, 2]); // prettier-ignore
    const again = broker.connect(2);
    expect(drained(again, 'q')).toEqual(['0 again']);
    expect(again.queue('gone', {}, { passive: true })).toMatchObject([{ replyCode: 404 }]);
  });

  test('in good order loses nothing that is persistent, and marks what had been given out', () => {
    const { broker, client } = opened();
    client.queue('q');
    for (const message of [0, 1]) client.publish(message, 'q', { deliveryMode: 2 });
    client.get('q');
    broker.tell({ type: 'ShutDown' });
    expect(broker.heard()).toMatchObject([{ type: 'ConnectionClose', replyCode: 320 }]);
    broker.crash();
    expect(drained(broker.connect(2), 'q')).toEqual(['0 again', 1]);
  });
});

describe('publishers', () => {
  test('an unroutable message is confirmed at once, after it was returned, and overtakes', () => {
    const { broker, client } = opened();
    client.queue('q');
    client.send({ type: 'ConfirmSelect' });
    expect(client.publish(0, 'q', { deliveryMode: 2 })).toEqual([]);
    expect(client.publish(1, 'nowhere', {}, { mandatory: true })).toMatchObject([
      { type: 'BasicReturn', replyCode: 312, replyText: 'NO_ROUTE', message: 1 },
      { type: 'BasicAck', deliveryTag: 2, multiple: false },
    ]);
    broker.pass(1);
    expect(broker.heard()).toMatchObject([{ type: 'BasicAck', deliveryTag: 1 }]);
  });

  test('one queue that refuses makes it a no, though the others have the message', () => {
    const { broker, client } = opened();
    client.send({ type: 'ExchangeDeclare', exchange: 'x', exchangeType: 'fanout' });
    client.queue('full', { 'x-max-length': 0, 'x-overflow': 'reject-publish' });
    client.queue('free');
    for (const queue of ['full', 'free']) client.send({ type: 'QueueBind', queue, exchange: 'x' });
    client.send({ type: 'ConfirmSelect' });
    client.publish(0, '', {}, { exchange: 'x' });
    broker.pass(5);
    expect(broker.heard()).toMatchObject([{ type: 'BasicNack', deliveryTag: 1 }]);
    expect(drained(client, 'free')).toEqual([0]);
  });

  test('what a transaction publishes and settles takes effect when it commits, or never', () => {
    const { client } = opened();
    client.queue('q');
    client.send({ type: 'TxSelect' });
    client.publish(0, 'q');
    expect(client.get('q')).toMatchObject({ type: 'BasicGetEmpty' });
    client.send({ type: 'TxRollback' });
    client.publish(1, 'q');
    expect(client.send({ type: 'TxCommit' })).toMatchObject([{ type: 'TxCommitOk' }]);
    expect(client.get('q')).toMatchObject({ message: 1 });
  });

  test('an alarm stops who publishes, when it publishes, and nobody else', () => {
    const { broker, client } = opened();
    client.queue('q');
    const consumer = broker.connect(2);
    consumer.consume('q');
    client.publish(0, 'q');
    broker.heard(2);
    broker.tell({ type: 'SetMemoryAlarm', raised: true });
    expect(client.publish(1, 'q')).toMatchObject([{ type: 'ConnectionBlocked', reason: 'low on memory' }]);
    expect(consumer.ack(1)).toEqual([]);
    broker.tell({ type: 'SetMemoryAlarm', raised: false });
    expect(broker.heard(1)).toMatchObject([{ type: 'ConnectionUnblocked' }]);
    expect(messagesOf(broker.heard(2))).toEqual([1]);
  });
});
