/** A random RabbitMQ scenario with random faults, from one seed. The last minutes are quiet, so that everything can settle. */
import { Streams, type Random } from '../../src/kernel/random';
import type {
  Action,
  Input,
  RabbitSpec,
  Recording,
  Scenario,
  ServiceSpec,
} from '../../src/scenario/scenario';
import { action, at, recordingOf } from '../helpers/recordings';

const busyMs = 40_000;
const quietMs = 240_000;
const products = ['mug', 'pen', 'tee', 'cap'] as const;
const settled = ['apply', 'ack'] as const;

type Queue = NonNullable<RabbitSpec['queues']>[number];
type Arguments = NonNullable<Queue['arguments']>;

export function rabbitRecording(seed: number): Recording {
  const random = new Streams(seed).stream('swarm rabbit');
  const nodes = random.chance(0.3) ? 3 : 1;
  const type = pick(random, ['direct', 'topic', 'fanout'] as const);
  const queues = Array.from({ length: 1 + random.below(3) }, (_, index) =>
    queue(`queue-${index}`, nodes, random),
  );
  const bindings = queues.flatMap(({ name }) => bindingsOf(name, type, random));
  const broker: RabbitSpec = {
    name: 'rabbit',
    kind: 'rabbitmq',
    version: pick(random, ['4.0', '4.0', '3.10'] as const),
    ...(nodes > 1 ? { nodes } : {}),
    exchanges: [
      { name: 'events', type },
      { name: 'dead', type: 'fanout' },
    ],
    queues: [
      ...queues,
      { name: 'dead-letters', ...(nodes > 1 ? { arguments: { 'x-queue-type': 'quorum' } } : {}) },
    ],
    bindings: [...bindings, { source: 'dead', destination: 'dead-letters' }],
  };
  const hosts = nodes > 1 ? [1, 2, 3].map((node) => `rabbit-${node}`).join(' ') : '';
  const scenario: Scenario = {
    version: 1,
    name: `swarm rabbit ${seed}`,
    latencyMs: pick(random, [
      1,
      { kind: 'uniform', minMs: 1, maxMs: 40 },
      { kind: 'lognormal', medianMs: 5, sigma: 1 },
    ] as const),
    links: [],
    brokers: [broker],
    services: [
      ...Array.from({ length: 1 + random.below(2) }, (_, index) => shop(`shop-${index}`, hosts, random)),
      ...queues.flatMap(({ name }) => consumers(name, hosts, random)),
      reader('undertaker', 'dead-letters', hosts, 500),
    ],
    schedule: [],
    endMs: busyMs + quietMs,
  };
  return recordingOf(scenario, seed, faults(scenario, nodes, random));
}

function queue(name: string, nodes: number, random: Random): Queue {
  const quorum = random.chance(nodes > 1 ? 0.7 : 0.4);
  const limits: Arguments[] = [
    {},
    {},
    { 'x-single-active-consumer': true },
    {
      'x-max-length': 5 + random.below(40),
      'x-overflow': quorum ? 'reject-publish' : pick(random, ['drop-head', 'reject-publish']),
    },
    { 'x-message-ttl': 500 + random.below(20_000) },
  ];
  return {
    name,
    arguments: {
      ...(quorum ? { 'x-queue-type': 'quorum' } : {}),
      ...(random.chance(0.7) ? { 'x-dead-letter-exchange': 'dead' } : {}),
      ...pick(random, limits),
    },
  };
}

function bindingsOf(queueName: string, type: string, random: Random): NonNullable<RabbitSpec['bindings']> {
  const binding = (routingKey: string) => ({ source: 'events', destination: queueName, routingKey });
  if (type === 'fanout') return [binding('')];
  if (type === 'topic') return [binding(pick(random, ['#', '*', 'mug', 'pen']))];
  return products.filter((_, index) => index === 0 || random.chance(0.6)).map(binding);
}

function shop(name: string, nodes: string, random: Random): ServiceSpec {
  return {
    name,
    role: 'shop',
    restartAfterMs: 500 + random.below(3000),
    parts: [
      {
        name: 'driver',
        kind: 'rabbitmq.producer',
        options: {
          exchange: 'events',
          routingKey: 'key',
          mandatory: random.chance(0.5),
          unconfirmed: pick(random, ['republish', 'fail']),
          ...(nodes === '' ? {} : { nodes }),
        },
      },
      {
        name: 'shop',
        kind: 'producer',
        options: {
          driver: 'driver',
          awaited: random.chance(0.5),
          place: 'events',
          ratePerSecond: 1 + random.below(10),
          products: [...products],
          limit: 20 + random.below(120),
        },
      },
    ],
  };
}

function reader(
  name: string,
  queueName: string,
  nodes: string,
  restartAfterMs: number | null,
  options = {},
  latencyMs = 20,
): ServiceSpec {
  const driver = { queue: queueName, ...(nodes === '' ? {} : { nodes }), ...options };
  return {
    name,
    role: `reader of ${queueName}`,
    restartAfterMs,
    parts: [
      { name: 'driver', kind: 'rabbitmq.consumer', options: driver },
      { kind: 'consumer', options: { latencyMs } },
    ],
  };
}

/** The first of them always comes back, so that a queue is never left without anybody. */
function consumers(queueName: string, nodes: string, random: Random): ServiceSpec[] {
  return Array.from({ length: 1 + random.below(3) }, (_, index) => {
    const restartAfterMs = index === 0 || random.chance(0.5) ? 200 + random.below(8000) : null;
    const driver = {
      prefetch: pick(random, [0, 1, 3, 10]),
      onFailure: pick(random, ['requeue', 'reject']),
      concurrency: pick(random, [1, 1, 4]),
    };
    const latencyMs = pick(random, [20, 20, 150, 400]);
    return reader(`${queueName}-${index}`, queueName, nodes, restartAfterMs, driver, latencyMs);
  });
}

function faults(scenario: Scenario, nodes: number, random: Random): Input[] {
  const count = random.below(9);
  const inputs = Array.from({ length: count }, (_, order) =>
    at(1000 + random.below(busyMs), fault(scenario, nodes, random), order),
  );
  const brokers = brokersOf(nodes);
  const healing = [
    ...scenario.services.flatMap(({ name }) => [
      action('fault', 'slow', name, { factor: 1 }),
      ...brokers.map((to) => action('fault', 'delay', name, { to, extraMs: 0 })),
      ...brokers.map((to) => action('operation', 'heal', name, { to })),
      action('operation', 'start', name),
    ]),
    ...brokers.flatMap((broker) => [
      ...brokers.filter((to) => to !== broker).map((to) => action('operation', 'heal', broker, { to })),
      ...brokers
        .filter((to) => to !== broker)
        .map((to) => action('fault', 'delay', broker, { to, extraMs: 0 })),
      action('operation', 'start', broker),
    ]),
  ];
  return [...inputs, ...healing.map((what, index) => at(busyMs + 20_000, what, 1000 + index))].sort(
    (a, b) => a.time - b.time || a.order - b.order,
  );
}

function brokersOf(nodes: number): readonly string[] {
  return nodes === 1 ? ['rabbit'] : Array.from({ length: nodes }, (_, index) => `rabbit-${index + 1}`);
}

function fault(scenario: Scenario, nodes: number, random: Random): Action {
  const { name } = pick(random, scenario.services);
  const broker = pick(random, brokersOf(nodes));
  switch (random.below(nodes === 1 ? 8 : 11)) {
    case 0:
      return action('fault', 'pin', name, { step: pick(random, settled), nth: 1 + random.below(4) });
    case 1:
      return action('fault', 'cut', name, { to: broker, forMs: 200 + random.below(15_000) });
    case 2:
      return action('fault', 'slow', name, { factor: 2 + random.below(60) });
    case 3:
      return action('fault', 'delay', name, { to: broker, extraMs: random.below(3000) });
    case 4:
      return action('fault', 'down', name, { forMs: 100 + random.below(12_000) });
    case 5:
      return action('fault', 'down', broker, { forMs: 100 + random.below(8000) });
    case 8:
    case 9:
      return action('fault', 'down', broker, { forMs: 100 + random.below(15_000) });
    case 10:
      return betweenNodes(broker, nodes, random);
    default:
      return action('fault', 'crash', name);
  }
}

function betweenNodes(broker: string, nodes: number, random: Random): Action {
  const to = pick(random, brokersOf(nodes).filter((other) => other !== broker)); // prettier-ignore
  if (random.chance(0.3)) return action('fault', 'delay', broker, { to, extraMs: random.below(3000) });
  return action('fault', 'cut', broker, { to, forMs: 200 + random.below(30_000) });
}

function pick<T>(random: Random, list: readonly T[]): T {
  return list[random.below(list.length)];
}
