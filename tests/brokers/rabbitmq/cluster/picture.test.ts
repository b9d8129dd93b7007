/** A cluster as a picture: each queue and exchange once, whichever nodes tell of it. */
import { expect, test } from 'vitest';
import type { Stack, Switch } from '../../../../src/kernel/shape';
import { ms } from '../../../../src/kernel/time';
import type { View } from '../../../../src/scenario/host';
import { createLocalHost } from '../../../../src/scenario/local-host';
import type { Action, Scenario } from '../../../../src/scenario/scenario';
import { action, at, recordingOf } from '../../../helpers/recordings';

const hosts = 'rabbit-1 rabbit-2 rabbit-3';

function producer(name: string, nodes: string, ratePerSecond: number): Scenario['services'][number] {
  return {
    name,
    role: 'shop',
    restartAfterMs: null,
    parts: [
      { name: 'driver', kind: 'rabbitmq.producer', options: { exchange: 'events', nodes } },
      { kind: 'producer', options: { driver: 'driver', place: 'events', ratePerSecond, products: ['mug'] } },
    ],
  };
}

function consumer(queue: string, nodes: string, options = {}): Scenario['services'][number] {
  return {
    name: `reads-${queue}`,
    role: 'reader',
    restartAfterMs: null,
    parts: [
      { name: 'driver', kind: 'rabbitmq.consumer', options: { queue, nodes, ...options } },
      { kind: 'consumer', options: { latencyMs: 500 } },
    ],
  };
}

const scenario: Scenario = {
  version: 1,
  name: 'cluster',
  latencyMs: 1,
  links: [],
  brokers: [
    {
      name: 'rabbit',
      kind: 'rabbitmq',
      nodes: 3,
      exchanges: [{ name: 'events', type: 'fanout' }],
      queues: [
        { name: 'orders', arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': 5 } },
        { name: 'log', arguments: { 'x-queue-type': 'stream' } },
        { name: 'plain' },
      ],
      bindings: ['orders', 'log', 'plain'].map((destination) => ({ source: 'events', destination })),
    },
  ],
  services: [
    producer('shop-2', 'rabbit-2', 4),
    producer('shop-3', 'rabbit-3', 6),
    consumer('orders', hosts, { prefetch: 2 }),
    consumer('log', 'rabbit-3', { prefetch: 4 }),
  ],
  schedule: [],
  endMs: 30_000,
};

async function viewAt(milliseconds: number, ...actions: Action[]): Promise<View> {
  const inputs = actions.map((what, index) => at(5000, what, index));
  const host = await createLocalHost(recordingOf(scenario, 1, inputs));
  return host.viewAt(ms(milliseconds), { cells: 4, lanes: {}, rows: 10 });
}

function stack({ shapes }: View, name: string): Stack {
  const found = shapes.filter(({ address }) => address === `rabbit/queue/${name}`);
  expect(found).toHaveLength(1);
  return found[0] as Stack;
}

test('a quorum queue is told of by its leader, with what would be given out next and who has what', async () => {
  const { cells, ...orders } = stack(await viewAt(10_000), 'orders');
  expect(orders).toMatchObject({
    type: 'quorum',
    unacked: 2,
    arguments: { 'x-delivery-limit': 5 },
    members: [
      { process: 'rabbit-1', isLeader: true, isUp: true },
      { process: 'rabbit-2', isLeader: false, isUp: true },
      { process: 'rabbit-3', isLeader: false, isUp: true },
    ],
    consumers: [{ process: 'reads-orders', unacked: 2, prefetch: 2, isBlocked: true, isActive: true }],
  });
  expect(orders.ready).toBeGreaterThan(50);
  expect(cells).toHaveLength(4);
});

test('when its leader is lost whoever is elected tells of it, and a classic queue stays on the node that is down', async () => {
  const lost = action('fault', 'down', 'rabbit-1', { forMs: 60_000 });
  const soon = stack(await viewAt(5001, lost), 'orders');
  expect(soon.members).toMatchObject([{ isLeader: false, isUp: false }, { isUp: true }, { isUp: true }]);
  const view = await viewAt(12_000, lost);
  const orders = stack(view, 'orders');
  expect(orders.term).toBeGreaterThan(1);
  expect(orders.members!.filter(({ isLeader, isUp }) => isLeader && isUp)).toHaveLength(1);
  expect(orders.members![0]).toEqual({ process: 'rabbit-1', isLeader: false, isUp: false });
  expect(stack(view, 'plain').members).toEqual([{ process: 'rabbit-1', isLeader: true, isUp: false }]);
});

test('a leader that is cut off is not believed once there is another', async () => {
  const alone = ['rabbit-2', 'rabbit-3'].map((to) => action('operation', 'cut', 'rabbit-1', { to }));
  const orders = stack(await viewAt(20_000, ...alone), 'orders');
  expect(orders.term).toBeGreaterThan(1);
  expect(orders.members![0]).toEqual({ process: 'rabbit-1', isLeader: false, isUp: true });
});

test('a stream shows its newest records, and the consumers of all nodes with the offset they are given next', async () => {
  const log = stack(await viewAt(10_000), 'log');
  expect(log).toMatchObject({ type: 'stream', unacked: 0 });
  expect(log.cells.map(({ offset }) => offset)).toEqual([4, 3, 2, 1].map((back) => log.ready - back));
  expect(log.consumers).toMatchObject([{ process: 'reads-log', prefetch: 4, isBlocked: true, unacked: 0 }]);
  expect(log.consumers[0].offset).toBeGreaterThan(4);
  expect(log.consumers[0].offset).toBeLessThan(log.ready);
});

test('an exchange counts what went through it on every node', async () => {
  const { shapes } = await viewAt(10_000);
  const [events, ...more] = shapes.filter((shape): shape is Switch => shape.shape === 'switch');
  expect(more).toEqual([]);
  const { ready } = shapes.find(({ address }) => address === 'rabbit/queue/plain') as Stack;
  expect(events.published).toBe(ready);
  expect(events.routes.map(({ passed }) => passed)).toEqual([ready, ready, ready]);
});

test('what nodes send each other is under way from the queue on one node to the queue on another', async () => {
  const host = await createLocalHost(recordingOf({ ...scenario, latencyMs: 20 }, 1));
  const ways = new Set<string>();
  for (let time = 5000; time < 6500; time += 7) {
    const { tokens } = await host.viewAt(ms(time), { cells: 4, lanes: {}, rows: 10 });
    for (const { from, to, faces, what } of tokens)
      if (faces.length > 0 && /^rabbit-/.test(from)) ways.add(`${what} ${from} ${to}`);
  }
  expect([...ways].sort()).toEqual([
    // to the copies
    'AppendEntries rabbit-1/queue/log rabbit-2/queue/log',
    'AppendEntries rabbit-1/queue/log rabbit-3/queue/log',
    'AppendEntries rabbit-1/queue/orders rabbit-2/queue/orders',
    'AppendEntries rabbit-1/queue/orders rabbit-3/queue/orders',
    // from where it was published to who leads
    'QueueAsked rabbit-2/queue/plain rabbit-1/queue/plain',
    'QueueAsked rabbit-3/queue/plain rabbit-1/queue/plain',
    'QuorumCommand rabbit-2/queue/orders rabbit-1/queue/orders',
    'QuorumCommand rabbit-3/queue/orders rabbit-1/queue/orders',
    'StreamWrite rabbit-2/queue/log rabbit-1/queue/log',
    'StreamWrite rabbit-3/queue/log rabbit-1/queue/log',
  ]);
});
