/** A random Kafka cluster that loses nodes and links, from one seed. The last minutes are quiet, so that everything can settle. */
import { Streams, type Random } from '../../src/kernel/random';
import type { Action, Input, Recording, Scenario, ServiceSpec } from '../../src/scenario/scenario';
import { action, at, recordingOf } from '../helpers/recordings';

const busyMs = 60_000;
const quietMs = 400_000;
const brokers = 'kafka-1 kafka-2 kafka-3';
const nodes = brokers.split(' ');

/**
 * In which of the cases the record of a producer may be lost that was told it is there (brokers.md A8): none when all of at
 * least two in sync have it; else when only its leader acknowledged it, when one in sync is enough, when a replica that
 * lacks it may lead, when nobody acknowledged anything, or when all machines lose power before anything was flushed.
 */
export type Risk = 'none' | 'acks 1' | 'min ISR 1' | 'unclean' | 'acks 0' | 'power';

export interface ClusterRun {
  readonly recording: Recording;
  readonly risk: Risk;
}

const risks: readonly Risk[] = [
  'none',
  'none',
  'none',
  'none',
  'acks 1',
  'min ISR 1',
  'unclean',
  'acks 0',
  'power',
];

export function clusterRecording(seed: number): ClusterRun {
  const random = new Streams(seed).stream('cluster swarm');
  const risk = pick(random, risks);
  const acks = risk === 'acks 1' ? 1 : risk === 'acks 0' ? 0 : -1;
  const isThin = risk === 'min ISR 1' || risk === 'unclean';
  const topic = {
    ...{ name: 'orders', partitions: 1 + random.below(3), segmentBytes: 500 + random.below(4000) },
    ...{ replicationFactor: 3, minInSyncReplicas: isThin ? 1 : 2 },
    ...(risk === 'unclean' ? { uncleanLeaderElection: true } : {}),
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
  return { recording: recordingOf(scenario, seed, faults(random, risk)), risk };
}

function shop(name: string, acks: -1 | 0 | 1, random: Random): ServiceSpec {
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

function faults(random: Random, risk: Risk): Input[] {
  const inputs = Array.from({ length: 1 + random.below(6) }, (_, order) =>
    at(3000 + random.below(busyMs), fault(random), order),
  );
  if (risk === 'min ISR 1' || risk === 'unclean' || risk === 'acks 1') inputs.push(...squeeze(random));
  if (risk === 'power') inputs.push(...powerCut(random));
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

/** Whoever leads first is cut off from the others until they are out of the ISR, takes some records, and dies. */
function squeeze(random: Random): Input[] {
  const from = 10_000 + random.below(20_000);
  const [leader, ...others] = nodes;
  return [
    ...others.map((to, index) =>
      at(from, action('fault', 'cut', leader, { to, forMs: 40_000 }), 100 + index),
    ),
    at(from + 36_000, action('fault', 'down', leader, { forMs: 20_000 }), 102),
  ];
}

function powerCut(random: Random): Input[] {
  const when = 10_000 + random.below(busyMs - 20_000);
  const options = { recentMs: 200 + random.below(3000), forMs: 5000 };
  return nodes.map((node, index) => at(when, action('fault', 'disk', node, options), 200 + index));
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
