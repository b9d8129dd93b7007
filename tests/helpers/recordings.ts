import { engine } from '../../src/scenario/engine';
import type { Action, Input, Recording, Scenario, ServiceSpec } from '../../src/scenario/scenario';

export const action = (
  kind: Action['class'],
  name: string,
  target: string,
  options: Action['options'] = {},
): Action => ({ class: kind, name, target, options });

export const at = (atMs: number, what: Action, order = 0): Input => ({
  time: atMs * 1000,
  order,
  action: what,
});

/** A consumer process of a group that projects `shop-events` into a store. */
export function reader(
  name: string,
  group: string,
  store: string,
  restartAfterMs: number | null = null,
): ServiceSpec {
  return {
    name,
    role: group,
    restartAfterMs,
    parts: [
      {
        name: 'driver',
        kind: 'kafka.consumer',
        options: {
          broker: 'kafka',
          groupId: group,
          topics: ['shop-events'],
          handler: 'projection',
          sessionTimeout: 6000,
          heartbeatInterval: 1500,
          fromBeginning: true,
        },
      },
      { name: 'projection', kind: 'projection', options: { store, latencyMs: 120 } },
    ],
  };
}

/** Lesson 4's cast: a shop, a topic of three partitions, two groups, two stores. */
export function shopScenario(): Scenario {
  return {
    version: 1,
    name: 'shop',
    latencyMs: { kind: 'uniform', minMs: 2, maxMs: 12 },
    links: [],
    brokers: [
      { name: 'kafka', kind: 'kafka', topics: [{ name: 'shop-events', partitions: 3 }], options: {} },
    ],
    services: [
      {
        name: 'shop',
        role: 'shop',
        restartAfterMs: 2000,
        parts: [
          { name: 'driver', kind: 'kafka.producer', options: { broker: 'kafka' } },
          {
            name: 'shop',
            kind: 'producer',
            options: {
              driver: 'driver',
              place: 'shop-events',
              ratePerSecond: 4,
              products: ['mug', 'pen', 'tee', 'cap', 'jar'],
              limit: 60,
            },
          },
        ],
      },
      reader('search-a', 'search', 'search-index', 3000),
      reader('search-b', 'search', 'search-index'),
      reader('cache-1', 'cache', 'page-cache', 1000),
      { name: 'search-index', role: 'search-index', restartAfterMs: 500, parts: [{ kind: 'store' }] },
      { name: 'page-cache', role: 'page-cache', restartAfterMs: 500, parts: [{ kind: 'store' }] },
    ],
    schedule: [{ atMs: 22_000, action: action('fault', 'wipe', 'search-index') }],
    endMs: 45_000,
  };
}

export function recordingOf(scenario: Scenario, seed = 4, inputs: readonly Input[] = []): Recording {
  return { engine, scenario, seed, inputs };
}

/** Something of every fault: pin, crash, cut, slow, delay, restart, wipe, and a seek. */
export function faultyRecording(seed = 4): Recording {
  return recordingOf(shopScenario(), seed, [
    at(5_000, action('fault', 'pin', 'search-b', { step: 'commit', nth: 1 })),
    at(8_000, action('fault', 'cut', 'cache-1', { to: 'kafka', forMs: 2500 })),
    at(9_500, action('fault', 'slow', 'search-a', { factor: 4 })),
    at(12_000, action('fault', 'crash', 'page-cache')),
    at(14_000, action('fault', 'delay', 'shop', { to: 'kafka', extraMs: 60 })),
    at(17_000, action('operation', 'restart', 'search-b')),
    at(24_000, action('operation', 'seek', 'search', { topic: 'shop-events', partition: 0, offset: 0 })),
    at(26_000, action('operation', 'seek', 'cache', { topic: 'shop-events', partition: 1, offset: 3 })),
  ]);
}
