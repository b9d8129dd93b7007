/** What the gallery's inspectors look at: real runs, each standing at an instant that shows one condition. */
import { engine } from '../../scenario/engine';
import type { Action, Recording, Scenario, ServiceSpec } from '../../scenario/scenario';
import { stripRecording } from './runs';

export const conditions = ['empty', 'working', 'deep', 'crashed', 'cut', 'rebalancing', 'emptied'] as const;
type Played = (typeof conditions)[number];
/** Of a cluster, and of hand-made instants. */
export type Condition = Played | 'diverged' | 'agreed' | 'transacted' | 'shared' | 'reconciling';

/** An object and the instant at which it is looked at. */
export interface Exhibit {
  readonly condition: Condition;
  readonly atMs: number;
  readonly addresses: readonly string[];
}

const lane = 'kafka/shop-events/1';
const group = 'kafka/group/search';

/** Every inspector, in every condition that its kind of object can be in. */
export const exhibits: readonly Exhibit[] = [
  { condition: 'empty', atMs: 0, addresses: [lane, 'search-b', 'shop', 'search-index'] },
  { condition: 'working', atMs: 10_600, addresses: [lane, group, 'search-b', 'shop', 'search-index'] },
  { condition: 'deep', atMs: 30_000, addresses: [lane, group, 'search-b', 'search-index'] },
  { condition: 'crashed', atMs: 13_000, addresses: [lane, group, 'search-b', 'search-index'] },
  { condition: 'cut', atMs: 12_000, addresses: [lane, group, 'search-b', 'search-index'] },
  { condition: 'rebalancing', atMs: 15_200, addresses: [lane, group, 'search-b'] },
  { condition: 'emptied', atMs: 15_300, addresses: ['search-index'] },
  { condition: 'diverged', atMs: 21_600, addresses: ['kafka/orders/0', 'kafka-1'] },
  { condition: 'agreed', atMs: 23_200, addresses: ['kafka/orders/0', 'kafka-1'] },
  { condition: 'transacted', atMs: 18_600, addresses: ['kafka/shop-events/0', 'kafka/transaction/till-3'] },
  { condition: 'shared', atMs: 18_600, addresses: ['kafka/shop-events/0', 'kafka/group/packer'] },
  { condition: 'reconciling', atMs: 18_600, addresses: ['kafka/group/search'] },
];

const act = (name: string, target: string, options: Action['options'] = {}): Action => ({
  class: 'fault',
  name,
  target,
  options,
});

const done: Readonly<Record<Played, readonly { readonly atMs: number; readonly action: Action }[]>> = {
  empty: [],
  working: [{ atMs: 10_500, action: act('pin', 'search-b', { step: 'commit' }) }],
  deep: [],
  crashed: [{ atMs: 8000, action: act('pin', 'search-b', { step: 'commit' }) }],
  cut: [{ atMs: 8000, action: act('cut', 'search-b', { to: 'kafka', forMs: 5000 }) }],
  rebalancing: [{ atMs: 9000, action: act('crash', 'search-b') }],
  emptied: [
    { atMs: 15_000, action: act('wipe', 'search-index') },
    { atMs: 15_050, action: { ...act('seek', 'search', { topic: 'shop-events', partition: 1, offset: 0 }), class: 'operation' } },
  ],
}; // prettier-ignore

export function recordingOf(condition: Condition): Recording {
  if (!isPlayed(condition)) return stripRecording('acksOne');
  const inputs = done[condition].map(({ atMs, action }, order) => ({ time: atMs * 1000, order, action }));
  return { engine, scenario: shop(condition === 'deep'), seed: 60, inputs };
}

function isPlayed(condition: Condition): condition is Played {
  return condition in done;
}

function shop(isDeep: boolean): Scenario {
  const products = isDeep
    ? Array.from({ length: 160 }, (_, index) => `item-${String(index).padStart(3, '0')}`).join(' ')
    : 'mug pen book tee cap lamp';
  return {
    version: 1,
    name: 'gallery',
    latencyMs: { kind: 'lognormal', medianMs: 8, sigma: 0.4 },
    links: [],
    brokers: [
      {
        name: 'kafka',
        kind: 'kafka',
        topics: [{ name: 'shop-events', partitions: 3, ...(isDeep ? { retentionMs: 60_000, segmentMs: 5000 } : {}) }],
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
          { kind: 'producer', options: { place: 'shop-events', products, ratePerSecond: isDeep ? 60 : 2 } },
        ],
      },
      ...['search-a', 'search-b', 'search-c'].map((name) => reader(name, isDeep ? 90 : 250)),
      { name: 'search-index', role: 'index', restartAfterMs: null, parts: [{ kind: 'store' }] },
    ],
    schedule: [],
    endMs: 40_000,
  };
} // prettier-ignore

function reader(name: string, medianMs: number): ServiceSpec {
  return {
    name,
    role: 'search',
    restartAfterMs: null,
    parts: [
      {
        kind: 'kafka.consumer',
        options: {
          groupId: 'search',
          topics: 'shop-events',
          handler: 'projection',
          fromBeginning: true,
          sessionTimeout: 6000,
          heartbeatInterval: 2000,
          maxWaitTimeInMs: 1000,
        },
      },
      {
        kind: 'projection',
        options: { store: 'search-index', latencyMs: { kind: 'lognormal', medianMs, sigma: 0.25 } },
      },
    ],
  };
}
