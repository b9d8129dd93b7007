import { expect, test } from 'vitest';
import { part } from '../../../src/brokers/rabbitmq/broker';
import type { Stack, Switch } from '../../../src/kernel/shape';
import { LoneBroker } from './lone-broker';

function shapes({ state, now }: LoneBroker) {
  const face = (message: number) => ({ message, domain: 'order' as const, label: `m${message}`, key: null, version: 0 }); // prettier-ignore
  const picture = part.describe!(state, { now, cells: 2, laneEnd: () => null, rows: 10, face });
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
