/** A random Kafka cluster that loses nodes and links, from one seed. The last minutes are quiet, so that everything can settle. */
import { Streams, type Random } from '../../src/kernel/random';
import type { Action, Input, Recording, Scenario, ServiceSpec } from '../../src/scenario/scenario';
import { action, at, recordingOf } from '../helpers/recordings';

const busyMs = 60_000;
const quietMs = 400_000;
const brokers = 'kafka-1 kafka-2 kafka-3';
const nodes = brokers.split(' ');

/** `acks` of its producers, and whether several nodes may be down at the same time. */
export interface ClusterRun {
  readonly recording: Recording;
  readonly acks: -1 | 1;
}

export function clusterRecording(seed: number): ClusterRun {
  const random = new Streams(seed).stream('cluster swarm');
  const acks = random.chance(0.7) ? -1 : 1;
  const topic = {
    ...{ name: 'orders', partitions: 1 + random.below(3), segmentBytes: 500 + random.below(4000) },
    // acks all with less than two in sync is one of the cases in which a record may be lost
    ...{ replicationFactor: 3, minInSyncReplicas: 2 },
  };
  const scenario: Scenario = {
    version: 1,
    name: `cluster swarm ${seed}`,
    latencyMs: pick(random, [1, { kind: 'uniform', minMs: 1, maxMs: 40 }] as const),
    links: [],
    brokers: [
      {
        ...{ name: 'kafka', kind: 'kafka', topics: [topic], nodes: 3 },
        options: {
          'group.initial.rebalance.delay.ms': 0,
          'offsets.topic.num.partitions': 3,
          'replica.lag.time.max.ms': pick(random, [2000, 10_000, 30_000]),
          'broker.session.timeout.ms': pick(random, [3000, 9000]),
          'broker.heartbeat.interval.ms': 1000,
        },
      },
    ],
    services: [
      ...Array.from({ length: 1 + random.below(2) }, (_, index) => shop(`shop-${index}`, acks, random)),
      ...group('billing', random),
    ],
    schedule: [],
    endMs: busyMs + quietMs,
  };
  return { recording: recordingOf(scenario, seed, faults(random)), acks };
}

function shop(name: string, acks: -1 | 1, random: Random): ServiceSpec {
  const driver = { broker: 'kafka', brokers, acks, 'retry.retries': 60, 'retry.maxRetryTime': 3000 };
  return {
    ...{ name, role: 'shop', restartAfterMs: 1000 },
    parts: [
      { name: 'driver', kind: 'kafka.producer', options: driver },
      {
        ...{ name: 'shop', kind: 'producer' },
        options: {
          ...{ driver: 'driver', awaited: true, place: 'orders', ratePerSecond: 2 + random.below(8) },
          ...{ products: ['mug', 'pen', 'tee', 'cap', 'jar'], limit: 50 + random.below(150) },
        },
      },
    ],
  };
}

function group(name: string, random: Random): ServiceSpec[] {
  const store = `${name}-store`;
  const readers = Array.from({ length: 1 + random.below(2) }, (_, index): ServiceSpec => ({
    ...{ name: `${name}-${index}`, role: name, restartAfterMs: 2000 },
    parts: [
      {
        ...{ name: 'driver', kind: 'kafka.consumer' },
        options: {
          ...{ broker: 'kafka', brokers, groupId: name, topics: ['orders'], handler: 'projection' },
          ...{ fromBeginning: true, sessionTimeout: 6000, heartbeatInterval: 1500 },
          'retry.retries': 60,
          'retry.maxRetryTime': 3000,
        },
      },
      { name: 'projection', kind: 'projection', options: { store, latencyMs: random.below(40) } },
    ],
  }));
  return [...readers, { name: store, role: store, restartAfterMs: 300, parts: [{ kind: 'store' }] }];
}

function faults(random: Random): Input[] {
  const inputs = Array.from({ length: 1 + random.below(6) }, (_, order) =>
    at(3000 + random.below(busyMs), fault(random), order),
  );
  const healing = [
    ...nodes.flatMap((node) =>
      [...nodes, 'kafka-controller']
        .filter((other) => other !== node)
        .map((to) => action('operation', 'heal', node, { to })),
    ),
    ...nodes.map((node) => action('operation', 'start', node)),
  ];
  return [...inputs, ...healing.map((what, index) => at(busyMs + 30_000, what, 1000 + index))].sort(
    (a, b) => a.time - b.time || a.order - b.order,
  );
}

function fault(random: Random): Action {
  const node = pick(random, nodes);
  const other = pick(random, [...nodes, 'kafka-controller'].filter((name) => name !== node)); // prettier-ignore
  const forMs = 200 + random.below(25_000);
  switch (random.below(4)) {
    case 0:
      return action('fault', 'cut', node, { to: other, forMs });
    case 1:
      return action('fault', 'delay', node, { to: other, forMs, extraMs: random.below(2000) });
    default:
      return action('fault', 'down', node, { forMs });
  }
}

function pick<T>(random: Random, list: readonly T[]): T {
  return list[random.below(list.length)];
}
