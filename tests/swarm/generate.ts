/** A random Kafka scenario with random faults, from one seed. The last minutes are quiet, so that everything can settle. */
import { Streams, type Random } from '../../src/kernel/random';
import type { Action, Input, KafkaSpec, Recording, Scenario, ServiceSpec } from '../../src/scenario/scenario';
import { action, at, recordingOf } from '../helpers/recordings';

const busyMs = 40_000;
const quietMs = 240_000;

export function swarmRecording(seed: number): Recording {
  const random = new Streams(seed).stream('swarm');
  const topics = Array.from({ length: 1 + random.below(2) }, (_, index) => ({
    name: `topic-${index}`,
    partitions: 1 + random.below(5),
    segmentBytes: 500 + random.below(4000),
  }));
  const shops = Array.from({ length: 1 + random.below(2) }, (_, index) =>
    shop(`shop-${index}`, pick(random, topics).name, random),
  );
  const groups = Array.from({ length: 1 + random.below(3) }, (_, index) =>
    group(`group-${index}`, pick(random, topics).name, random),
  );
  const scenario: Scenario = {
    version: 1,
    name: `swarm ${seed}`,
    latencyMs: pick(random, [
      1,
      { kind: 'uniform', minMs: 1, maxMs: 40 },
      { kind: 'lognormal', medianMs: 5, sigma: 1 },
    ] as const),
    links: [],
    brokers: [
      {
        name: 'kafka',
        kind: 'kafka',
        topics,
        options: { 'group.initial.rebalance.delay.ms': pick(random, [0, 3000]) },
      },
    ],
    services: [...shops, ...groups.flat()],
    schedule: [],
    endMs: busyMs + quietMs,
  };
  return recordingOf(scenario, seed, faults(scenario, random));
}

function shop(name: string, place: string, random: Random): ServiceSpec {
  const ratePerSecond = 1 + random.below(12);
  return {
    name,
    role: 'shop',
    restartAfterMs: 500 + random.below(3000),
    parts: [
      {
        name: 'driver',
        kind: 'kafka.producer',
        options: { broker: 'kafka', acks: pick(random, [-1, -1, 1]) },
      },
      {
        name: 'shop',
        kind: 'producer',
        options: {
          driver: 'driver',
          // in kafkajs only an awaited send keeps its place when it is retried
          awaited: random.chance(0.5),
          place,
          ratePerSecond,
          products: ['mug', 'pen', 'tee', 'cap', 'jar'],
          limit: 20 + random.below(150),
        },
      },
    ],
  };
}

/** Members of one group and the store they all write to. */
function group(name: string, topic: string, random: Random): ServiceSpec[] {
  const members = 1 + random.below(3);
  const store = `${name}-store`;
  const assignor = pick(random, ['RoundRobinAssigner', 'range', 'roundrobin']);
  const readers = Array.from({ length: members }, (_, index): ServiceSpec => ({
    name: `${name}-${index}`,
    role: name,
    // the first member always comes back, so that a group is never left without anybody
    restartAfterMs: index === 0 || random.chance(0.5) ? 200 + random.below(8000) : null,
    parts: [
      {
        name: 'driver',
        kind: 'kafka.consumer',
        options: {
          broker: 'kafka',
          groupId: name,
          topics: [topic],
          handler: 'projection',
          partitionAssigners: assignor,
          fromBeginning: true,
          sessionTimeout: 6000,
          heartbeatInterval: 1000 + random.below(1500),
        },
      },
      { name: 'projection', kind: 'projection', options: { store, latencyMs: random.below(150) } },
    ],
  }));
  return [...readers, { name: store, role: store, restartAfterMs: 300, parts: [{ kind: 'store' }] }];
}

function faults(scenario: Scenario, random: Random): Input[] {
  const count = random.below(9);
  const inputs = Array.from({ length: count }, (_, order) =>
    at(1000 + random.below(busyMs), fault(scenario, random), order),
  );
  const healing = [
    ...scenario.services.map(({ name }) => action('fault', 'slow', name, { factor: 1 })),
    ...scenario.services.map(({ name }) => action('fault', 'delay', name, { to: 'kafka', extraMs: 0 })),
    ...scenario.services.map(({ name }) => action('operation', 'heal', name, { to: 'kafka' })),
    ...scenario.services.map(({ name }) => action('operation', 'start', name)),
    action('operation', 'start', 'kafka'),
  ];
  return [...inputs, ...healing.map((what, index) => at(busyMs + 20_000, what, 1000 + index))].sort(
    (a, b) => a.time - b.time || a.order - b.order,
  );
}

function fault(scenario: Scenario, random: Random): Action {
  const { name } = pick(random, scenario.services);
  const group = pick(
    random,
    scenario.services.filter(({ role }) => role.startsWith('group-') && !role.endsWith('-store')),
  ).role;
  const [topic] = (scenario.brokers[0] as KafkaSpec).topics;
  switch (random.below(8)) {
    case 0:
      return action('fault', 'crash', name);
    case 1:
      return action('fault', 'pin', name, {
        step: pick(random, ['apply', 'commit', 'committed']),
        nth: 1 + random.below(4),
      });
    case 2:
      return action('fault', 'cut', name, { to: 'kafka', forMs: 200 + random.below(15_000) });
    case 3:
      return action('fault', 'slow', name, { factor: 2 + random.below(60) });
    case 4:
      return action('fault', 'delay', name, { to: 'kafka', extraMs: random.below(3000) });
    case 5:
      return action('fault', 'down', name, { forMs: 100 + random.below(12_000) });
    case 6:
      return action('operation', 'seek', group, {
        topic: topic.name,
        partition: random.below(topic.partitions),
        offset: random.below(20),
      });
    default:
      return random.chance(0.3)
        ? action('fault', 'down', 'kafka', { forMs: 100 + random.below(8000) })
        : action('fault', 'crash', name);
  }
}

function pick<T>(random: Random, list: readonly T[]): T {
  return list[random.below(list.length)];
}
