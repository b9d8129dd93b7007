/**
 * Several brokers in one random scenario, from one seed: an order is saved with its event in an outbox, relayed to Kafka,
 * bridged to RabbitMQ and applied by an idempotent reader; or it is published to SNS, which fans out to two queues of SQS, all FIFO or none,
 * one read by workers and one by a Lambda function. Kafka and RabbitMQ are one node each or three, which are lost and cut
 * off from each other. The last minutes are quiet, so that everything can settle.
 */
import { Streams, type Random } from '../../src/kernel/random';
import type { Action, Input, Recording, Scenario, ServiceSpec } from '../../src/scenario/scenario';
import { one } from '../helpers/http-world';
import { action, at, recordingOf } from '../helpers/recordings';

const busyMs = 40_000;
const quietMs = 400_000;

export const mixtures = ['outbox', 'fan-out'] as const;
export type Mixture = (typeof mixtures)[number];

export function mixedRecording(mixture: Mixture, seed: number): Recording {
  const random = new Streams(seed).stream(`swarm ${mixture}`);
  const scenario = mixture === 'outbox' ? outboxScenario(random) : fanOutScenario(random);
  return recordingOf({ ...scenario, name: `swarm ${mixture} ${seed}` }, seed, faults(scenario, random));
}

const latencies = [
  1,
  { kind: 'uniform', minMs: 1, maxMs: 40 },
  { kind: 'lognormal', medianMs: 5, sigma: 1 },
] as const;

/** What is between two brokers comes back after a crash, else nothing would reach the end. */
function back(random: Random): number {
  return 200 + random.below(4000);
}

/** Processes of a broker's nodes, and of what runs beside them. */
function nodesOf({ name, nodes = 1 }: { readonly name: string; readonly nodes?: number }): string[] {
  return nodes === 1 ? [name] : Array.from({ length: nodes }, (_, index) => `${name}-${index + 1}`);
}

/**
 * Where leaders move the Java producer, because kafkajs is known to lose there what it says it has sent (L-58, recorded): its
 * retry sends nothing when another partition's answer has told it of the new leader meanwhile.
 */
function relayDriver(kafka: { readonly name: string; readonly nodes: number }): ServiceSpec['parts'][number] {
  if (kafka.nodes === 1) return { name: 'driver', kind: 'kafka.producer', options: {} };
  const options = { 'bootstrap.servers': nodesOf(kafka).join(' ') };
  return { name: 'driver', kind: 'kafka-java.producer', options };
}

function outboxScenario(random: Random): Scenario {
  const quorum = random.chance(0.4);
  const kafka = { name: 'kafka', nodes: random.chance(0.4) ? 3 : 1 };
  const rabbit = { name: 'rabbit', nodes: quorum && random.chance(0.6) ? 3 : 1 };
  const inKafka = kafka.nodes === 1 ? {} : { brokers: nodesOf(kafka).join(' '), 'retry.retries': 60, 'retry.maxRetryTime': 3000 }; // prettier-ignore
  const inRabbit = rabbit.nodes === 1 ? {} : { nodes: nodesOf(rabbit).join(' ') };
  const replicated = kafka.nodes === 1 ? {} : { replicationFactor: 3, minInSyncReplicas: 2 };
  const api = { steps: 'validate persist respond', outbox: 'outbox', store: 'shop-db' };
  const consumes = {
    groupId: 'bridge',
    topics: 'orders',
    fromBeginning: true,
    handler: 'bridge',
    ...inKafka,
  };
  return {
    version: 1,
    name: '',
    latencyMs: pick(random, latencies),
    links: [],
    brokers: [
      {
        ...kafka,
        kind: 'kafka',
        topics: [{ name: 'orders', partitions: 1 + random.below(3), ...replicated }],
        options: {
          'group.initial.rebalance.delay.ms': 500,
          ...(kafka.nodes === 1 ? {} : { 'offsets.topic.num.partitions': 3 }),
        },
      },
      {
        ...rabbit,
        kind: 'rabbitmq',
        exchanges: [{ name: 'events', type: 'topic' }],
        queues: [
          {
            name: 'mail',
            ...(quorum ? { arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': -1 } } : {}),
          },
        ],
        bindings: [{ source: 'events', destination: 'mail', routingKey: '#' }],
      },
    ],
    services: [
      one('browser', 'browser', {
        to: 'api',
        ratePerSecond: 1 + random.below(4),
        limit: 20 + random.below(60),
      }),
      service('api', back(random), [{ kind: 'http-api', options: api }]),
      { ...one('shop-db', 'store'), restartAfterMs: 300 },
      service('relay', back(random), [
        { kind: 'outbox', options: { store: 'shop-db', batch: 1 + random.below(5), driver: 'driver' } },
        relayDriver(kafka),
      ]),
      service('bridge', back(random), [
        { kind: 'kafka.consumer', options: consumes },
        { kind: 'bridge', options: { place: 'events' } },
        {
          kind: 'rabbitmq.producer',
          options: { exchange: 'events', routingKey: 'key', mandatory: true, ...inRabbit },
        },
      ]),
      service('reader', back(random), [
        { kind: 'projection', options: { store: 'reader-db', latencyMs: random.below(100) } },
        { kind: 'idempotence', options: { ids: 'together', store: 'reader-db', handler: 'projection' } },
        {
          kind: 'rabbitmq.consumer',
          options: { queue: 'mail', handler: 'idempotence', prefetch: pick(random, [1, 3, 0]), ...inRabbit },
        },
      ]),
      { ...one('reader-db', 'store'), restartAfterMs: 300 },
    ],
    schedule: [],
    endMs: busyMs + quietMs,
  };
}

function fanOutScenario(random: Random): Scenario {
  const end = random.chance(0.4) ? '.fifo' : '';
  const redrive = (queue: string) => ({
    VisibilityTimeout: String(2 + random.below(10)),
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: `arn:aws:sqs:us-east-1:000000000000:${queue}-dead${end}`,
      maxReceiveCount: 20,
    }),
  });
  return {
    version: 1,
    name: '',
    latencyMs: pick(random, latencies),
    links: [],
    brokers: [
      {
        name: 'sqs',
        kind: 'sqs',
        queues: [
          { name: `work${end}`, attributes: redrive('work') },
          { name: `work-dead${end}` },
          { name: `image${end}`, attributes: { ...redrive('image'), VisibilityTimeout: '12' } },
          { name: `image-dead${end}` },
        ],
      },
      {
        name: 'sns',
        kind: 'sns',
        topics: [{ name: `orders${end}` }],
        subscriptions: ['work', 'image'].map((queue) => ({
          topic: `orders${end}`,
          protocol: 'sqs' as const,
          endpoint: `sqs/${queue}${end}`,
          attributes: random.chance(0.5) ? { RawMessageDelivery: 'true' } : {},
        })),
      },
      {
        name: 'lambda',
        kind: 'lambda',
        functions: [{ name: 'resize', process: 'resize', timeoutMs: 10_000 }],
        eventSourceMappings: [
          {
            function: 'resize',
            queue: `sqs/image${end}`,
            batchSize: 1 + random.below(10),
            reportBatchItemFailures: random.chance(0.5),
          },
        ],
      },
    ],
    services: [
      service('shop', back(random), [
        { name: 'driver', kind: 'aws.producer', options: { service: 'sns' } },
        {
          kind: 'producer',
          options: {
            ...{ driver: 'driver', place: `orders${end}`, awaited: random.chance(0.5) },
            ...{ ratePerSecond: 1 + random.below(8), limit: 20 + random.below(80) },
          },
        },
      ]),
      ...Array.from({ length: 1 + random.below(3) }, (_, index) =>
        service(`worker-${index}`, index === 0 ? back(random) : null, [
          {
            name: 'driver',
            kind: 'aws.consumer',
            options: {
              queue: `work${end}`,
              maxNumberOfMessages: 1 + random.below(10),
              waitTimeSeconds: pick(random, [0, 1, 20]),
            },
          },
          { kind: 'consumer', options: { latencyMs: random.below(300) } },
        ]),
      ),
      service('resize', back(random), [
        { name: 'runtime', kind: 'aws.function', options: {} },
        { kind: 'consumer', options: { latencyMs: random.below(500) } },
      ]),
    ],
    schedule: [],
    endMs: busyMs + quietMs,
  };
}

function service(name: string, restartAfterMs: number | null, parts: ServiceSpec['parts']): ServiceSpec {
  return { name, role: name.replace(/-\d+$/, ''), restartAfterMs, parts };
}

function faults(scenario: Scenario, random: Random): Input[] {
  const managed = scenario.brokers.every(({ kind }) => kind !== 'kafka' && kind !== 'rabbitmq');
  const clusters = scenario.brokers.map((broker) => nodesOf(broker));
  const brokers = clusters.flat();
  const replicated = clusters.filter(({ length }) => length > 1);
  const count = random.below(9);
  const inputs = Array.from({ length: count }, (_, order) => {
    const amongNodes = replicated.length > 0 && random.chance(0.3);
    const what = amongNodes ? nodeFault(pick(random, replicated), random) : fault(scenario, brokers, managed, random); // prettier-ignore
    return at(1000 + random.below(busyMs), what, order);
  });
  const healing = [
    ...scenario.services.flatMap(({ name }) => [
      action('fault', 'slow', name, { factor: 1 }),
      ...brokers.map((to) => action('fault', 'delay', name, { to, extraMs: 0 })),
      ...brokers.map((to) => action('operation', 'heal', name, { to })),
      action('operation', 'start', name),
    ]),
    ...replicated.flatMap((nodes) => nodes.flatMap((node) => healed(node, nodes))),
    ...brokers.map((broker) => action('operation', 'start', broker)),
  ];
  return [...inputs, ...healing.map((what, index) => at(busyMs + 20_000, what, 1000 + index))].sort(
    (a, b) => a.time - b.time || a.order - b.order,
  );
}

function healed(node: string, nodes: readonly string[]): Action[] {
  return nodes
    .filter((to) => to !== node)
    .flatMap((to) => [
      action('operation', 'heal', node, { to }),
      action('fault', 'delay', node, { to, extraMs: 0 }),
    ]);
}

/** A node is lost, or cut off from another, or slow to reach it. */
function nodeFault(nodes: readonly string[], random: Random): Action {
  const node = pick(random, nodes);
  const to = pick(random, nodes.filter((other) => other !== node)); // prettier-ignore
  const forMs = 200 + random.below(25_000);
  switch (random.below(4)) {
    case 0:
      return action('fault', 'cut', node, { to, forMs });
    case 1:
      return action('fault', 'delay', node, { to, extraMs: random.below(2000) });
    default:
      return action('fault', 'down', node, { forMs });
  }
}

/** Nobody runs the servers of a managed service: they do not go down. */
function fault(scenario: Scenario, brokers: readonly string[], managed: boolean, random: Random): Action {
  const { name } = pick(random, scenario.services);
  const to = pick(random, brokers);
  switch (random.below(managed ? 6 : 7)) {
    case 0:
      return action('fault', 'pin', name, {
        step: pick(random, ['apply', 'commit', 'ack', 'delete', 'publish', 'mark']),
        nth: 1 + random.below(4),
      });
    case 1:
      return action('fault', 'cut', name, { to, forMs: 200 + random.below(15_000) });
    case 2:
      return action('fault', 'slow', name, { factor: 2 + random.below(30) });
    case 3:
      return action('fault', 'delay', name, { to, extraMs: random.below(3000) });
    case 4:
      return action('fault', 'down', name, { forMs: 100 + random.below(12_000) });
    case 5:
      return action('fault', 'crash', name);
    default:
      return action('fault', 'down', to, { forMs: 100 + random.below(8000) });
  }
}

function pick<T>(random: Random, list: readonly T[]): T {
  return list[random.below(list.length)];
}
