import { expect, test } from 'vitest';
import { part } from '../../../src/brokers/rabbitmq/broker';
import type { Stack, Switch } from '../../../src/kernel/shape';
import { LoneBroker, messagesOf } from './lone-broker';

function shapes({ state, now }: LoneBroker, cells = 2) {
  const face = (message: number) => ({ message, domain: 'order' as const, label: `m${message}`, key: null, version: 0 }); // prettier-ignore
  const picture = part.describe!(state, { now, cells, laneEnd: () => null, rows: 10, face });
  const of = (address: string) => picture.shapes!.find((shape) => shape.address === address);
  return {
    stack: (name: string) => of(`rabbit/queue/${name}`) as Stack,
    exchange: (name: string) => of(`rabbit/exchange/${name}`) as Switch | undefined,
  };
}

test('an exchange shows its bindings, what went last and which of them took it', () => {
  const broker = new LoneBroker({
    exchanges: [{ name: 'events', type: 'topic' }],
    queues: [{ name: 'email' }],
    bindings: [
      { source: 'events', destination: 'email', routingKey: 'order.*' },
      { source: 'events', destination: 'email', routingKey: 'invoice.*' },
    ],
  });
  const client = broker.connect();
  client.publish(0, 'stock.low', {}, { exchange: 'events' });
  client.publish(1, 'order.placed', {}, { exchange: 'events' });
  const exchange = shapes(broker).exchange('events')!;
  expect(exchange).toMatchObject({ type: 'topic', published: 2, unroutable: 1, alternate: null });
  expect(exchange.routes.map(({ to, label, passed }) => [to, label, passed])).toEqual([
    ['rabbit/queue/email', 'order.*', 1],
    ['rabbit/queue/email', 'invoice.*', 0],
  ]);
  expect(exchange.last).toMatchObject({ routingKey: 'order.placed', became: 'routed', took: [exchange.routes[0].id] }); // prettier-ignore
  expect(shapes(broker).exchange('amq.topic')).toBeUndefined();
});

test('a queue shows the head of what is ready, its consumers, and what died last', () => {
  const broker = new LoneBroker({
    queues: [{ name: 'q', arguments: { 'x-dead-letter-exchange': 'dlx', 'x-message-ttl': 5000 } }],
  });
  const client = broker.connect();
  client.send({ type: 'BasicQos', prefetchCount: 1 });
  client.consume('q');
  for (const message of [0, 1, 2, 3]) client.publish(message, 'q');
  client.nack(1, { requeue: false });
  const stack = shapes(broker).stack('q');
  expect(stack).toMatchObject({
    type: 'classic',
    ready: 2,
    unacked: 1,
    arguments: { 'x-message-ttl': 5000 },
  });
  expect(stack.cells.map(({ face, expiresAt }) => [face.label, expiresAt])).toEqual([
    ['m2', 5_000_000],
    ['m3', 5_000_000],
  ]);
  expect(stack.consumers).toMatchObject([{ process: 'client-1', unacked: 1, prefetch: 1, isBlocked: true }]);
  expect(stack.deadLetter).toEqual({ exchange: 'rabbit/exchange/dlx', routingKey: null });
  // no such exchange is there
  expect(stack.left).toMatchObject({ face: { message: 0 }, reason: 'rejected', to: null });
});

test('a quorum queue shows first what came back, with its count, then two of high priority for each normal one', () => {
  const broker = new LoneBroker({ queues: [{ name: 'q', arguments: { 'x-queue-type': 'quorum' } }] });
  const client = broker.connect();
  client.publish(0, 'q');
  client.get('q');
  client.nack(1);
  client.publish(1, 'q', { priority: 1 });
  for (const message of [2, 3, 4]) client.publish(message, 'q', { priority: 9 });
  client.publish(5, 'q');
  const { cells, ...stack } = shapes(broker, 10).stack('q');
  expect(stack).toMatchObject({ type: 'quorum', ready: 6, unacked: 0, returned: { count: 1, process: 'client-1' } }); // prettier-ignore
  expect(stack.members).toBeUndefined();
  expect(cells[0]).toMatchObject({ redelivered: true, deliveries: 1, persistent: true });
  // what is shown is what is given out
  const given = messagesOf(cells.map(() => client.get('q')));
  expect(cells.map(({ face }) => face.message)).toEqual(given);
  expect(given).not.toEqual([0, 1, 2, 3, 4, 5]);
  expect(shapes(broker).stack('q')).toMatchObject({ ready: 0, unacked: 6, cells: [], consumers: [] });
});

test('a quorum queue with a single active consumer shows the active one first, and what died last', () => {
  const broker = new LoneBroker({
    exchanges: [{ name: 'dlx', type: 'fanout' }],
    queues: [{ name: 'q', arguments: { 'x-queue-type': 'quorum', 'x-single-active-consumer': true, 'x-dead-letter-exchange': 'dlx' } }], // prettier-ignore
  });
  const [first, second] = [broker.connect(1), broker.connect(2)];
  first.consume('q');
  second.send({ type: 'BasicQos', prefetchCount: 3 });
  second.consume('q');
  for (const message of [0, 1]) first.publish(message, 'q');
  first.nack(1, { requeue: false });
  expect(shapes(broker).stack('q')).toMatchObject({
    consumers: [
      { process: 'client-1', isActive: true, isBlocked: false, unacked: 1, prefetch: null },
      { process: 'client-2', isActive: false, unacked: 0, prefetch: 3 },
    ],
    left: { face: { message: 0 }, reason: 'rejected', to: 'rabbit/exchange/dlx' },
  });
});

test('a stream shows the records on screen by offset', () => {
  const broker = new LoneBroker({ queues: [{ name: 's', arguments: { 'x-queue-type': 'stream' } }] });
  const client = broker.connect();
  for (const message of [0, 1, 2, 3]) client.publish(message, 's');
  client.send({ type: 'BasicQos', prefetchCount: 2 });
  client.consume('s', { arguments: { 'x-stream-offset': 'first' } });
  const stack = shapes(broker).stack('s');
  expect(stack).toMatchObject({ type: 'stream', ready: 4, unacked: 0 });
  expect(stack.cells.map(({ offset, face }) => [offset, face.message])).toEqual([[2, 2], [3, 3]]); // prettier-ignore
  expect(stack.consumers).toMatchObject([{ offset: 2, unacked: 0, prefetch: 2, isBlocked: true }]);
});
