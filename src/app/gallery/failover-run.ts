/** What a cluster does when its leader is lost: with acks=1, and with acks=all. */
import type { Action, Scenario } from '../../scenario/scenario';
import { fault, type StripRun } from './strip-run';

export function failoverRun(acks: 1 | -1): StripRun {
  return {
    scenario: orders(acks),
    inputs: lostLeader,
    instants: [
      { name: 'together', atMs: 5100 },
      { name: 'alone', atMs: 8400 },
      { name: 'crashed', atMs: 10_000 },
      { name: 'elected', atMs: 21_600 },
      { name: 'agreed', atMs: 23_200 },
    ],
    told: [
      ...['RecordPublished', 'ProduceAcknowledged', 'ProduceTimedOut', 'SendFailed', 'ProcessCrashed', 'ProcessRestarted'],
      ...['LinkCut', 'LinkHealed', 'NodeFenced', 'NodeUnfenced', 'LeaderElected', 'ReplicaFellBehind', 'ReplicaCaughtUp'],
      ...['LogTruncated', 'RecordTruncated'],
    ],
  };
} // prettier-ignore

const publish = (key: string): Action => ({
  class: 'workload',
  name: 'publish',
  target: 'shop',
  options: { key },
});

/** Both followers lose their leader, the shop goes on, the leader crashes: what it alone had is nowhere else. */
const lostLeader: readonly { readonly atMs: number; readonly action: Action }[] = [
  { atMs: 5500, action: fault('cut', 'kafka-2', { to: 'kafka-1' }) },
  { atMs: 5500, action: fault('cut', 'kafka-3', { to: 'kafka-1' }) },
  { atMs: 9000, action: fault('crash', 'kafka-1') },
  { atMs: 9500, action: fault('heal', 'kafka-2', { to: 'kafka-1' }) },
  { atMs: 9500, action: fault('heal', 'kafka-3', { to: 'kafka-1' }) },
  { atMs: 19_500, action: publish('mug') },
  { atMs: 22_500, action: fault('start', 'kafka-1') },
]; // prettier-ignore

function orders(acks: number): Scenario {
  return {
    version: 1,
    name: 'orders',
    latencyMs: { kind: 'lognormal', medianMs: 8, sigma: 0.4 },
    links: [],
    brokers: [
      {
        name: 'kafka',
        kind: 'kafka',
        nodes: 3,
        topics: [{ name: 'orders', partitions: 1, minInSyncReplicas: 2 }],
        options: { 'group.initial.rebalance.delay.ms': 500 },
      },
    ],
    services: [
      {
        name: 'shop',
        role: 'shop',
        restartAfterMs: 1000,
        parts: [
          { kind: 'kafka.producer', options: { acks, brokers } },
          { kind: 'producer', options: { place: 'orders', pattern: 'order', products, ratePerSecond: 1, limit: 7, startAfterMs: 500 } },
        ],
      },
      {
        name: 'billing',
        role: 'billing',
        restartAfterMs: null,
        parts: [
          { kind: 'kafka.consumer', options: { groupId: 'billing', topics: 'orders', handler: 'projection', fromBeginning: true, brokers, sessionTimeout: 6000, heartbeatInterval: 2000, maxWaitTimeInMs: 1000 } },
          { kind: 'projection', options: { store: 'invoices', latencyMs: { kind: 'lognormal', medianMs: 50, sigma: 0.25 } } },
        ],
      },
      { name: 'invoices', role: 'index', restartAfterMs: null, parts: [{ kind: 'store' }] },
    ],
    schedule: [],
    endMs: 40_000,
  };
} // prettier-ignore

const brokers = 'kafka-1 kafka-2 kafka-3';
const products = 'mug pen book tee cap lamp';
