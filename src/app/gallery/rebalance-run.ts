/** A third consumer comes to two that share three partitions: by each of Kafka's ways to share them out anew. */
import type { PartSpec, Scenario, ServiceSpec } from '../../scenario/scenario';
import { fault, type Instant, type StripRun } from './strip-run';

export type RebalanceKind = 'eager' | 'cooperative' | 'consumer';

const instants: Readonly<Record<RebalanceKind, readonly Instant[]>> = {
  eager: [
    { name: 'before', atMs: 7900 },
    { name: 'come', atMs: 8500 },
    { name: 'heard', atMs: 9000 },
    { name: 'stopped', atMs: 9410 },
    { name: 'after', atMs: 10_000 },
  ],
  cooperative: [
    { name: 'before', atMs: 7900 },
    { name: 'come', atMs: 9000 },
    { name: 'given', atMs: 10_135 },
    { name: 'second', atMs: 12_000 },
    { name: 'after', atMs: 13_300 },
  ],
  consumer: [
    { name: 'before', atMs: 13_900 },
    { name: 'come', atMs: 14_500 },
    { name: 'told', atMs: 15_130 },
    { name: 'free', atMs: 17_000 },
    { name: 'after', atMs: 19_200 },
  ],
};

/** When the third is started: all is quiet then. */
const startAt: Readonly<Record<RebalanceKind, number>> = { eager: 8000, cooperative: 8000, consumer: 14_000 };

export function rebalanceRun(kind: RebalanceKind): StripRun {
  return {
    scenario: shop(kind),
    inputs: [
      { atMs: 0, action: fault('down', 'search-c') },
      { atMs: startAt[kind], action: fault('start', 'search-c') },
    ],
    instants: instants[kind],
    told: ['ProcessRestarted', 'GroupRebalanceStarted', 'GroupRebalanced', 'MemberRemoved', 'GroupEmptied'],
  };
}

function shop(kind: RebalanceKind): Scenario {
  return {
    version: 1,
    name: 'rebalance',
    latencyMs: { kind: 'lognormal', medianMs: 8, sigma: 0.4 },
    links: [],
    brokers: [
      {
        name: 'kafka',
        kind: 'kafka',
        topics: [{ name: 'shop-events', partitions: 3 }],
        options: { 'group.initial.rebalance.delay.ms': 500 },
      },
    ],
    services: [
      {
        name: 'shop',
        role: 'shop',
        restartAfterMs: 1000,
        parts: [
          { kind: 'kafka.producer' },
          {
            kind: 'producer',
            options: { place: 'shop-events', products: 'mug pen book tee cap lamp', ratePerSecond: 2 },
          },
        ],
      },
      ...['search-a', 'search-b', 'search-c'].map((name) => reader(name, kind)),
      { name: 'search-index', role: 'index', restartAfterMs: null, parts: [{ kind: 'store' }] },
    ],
    schedule: [],
    endMs: 20_000,
  };
}

function reader(name: string, kind: RebalanceKind): ServiceSpec {
  const latencyMs = { kind: 'lognormal', medianMs: 120, sigma: 0.25 };
  const projection: PartSpec = { kind: 'projection', options: { store: 'search-index', latencyMs } };
  return { name, role: 'search', restartAfterMs: null, parts: [driver(kind), projection] };
}

/** kafkajs can only do it eagerly; the Java client knows all three. */
function driver(kind: RebalanceKind): PartSpec {
  if (kind === 'eager') {
    const options = { groupId: 'search', topics: 'shop-events', handler: 'projection', fromBeginning: true };
    const times = { sessionTimeout: 6000, heartbeatInterval: 2000, maxWaitTimeInMs: 1000 };
    return { kind: 'kafka.consumer', options: { ...options, ...times } };
  }
  const ways = {
    cooperative: { 'partition.assignment.strategy': 'CooperativeStickyAssignor' },
    consumer: { 'group.protocol': 'consumer' },
  };
  return {
    kind: 'kafka-java.consumer',
    options: {
      ...{ 'group.id': 'search', topics: 'shop-events', handler: 'projection' },
      ...{ 'auto.offset.reset': 'earliest', 'auto.commit.interval.ms': 1000 },
      ...ways[kind],
    },
  };
}
