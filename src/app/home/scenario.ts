/**
 * The front page's run: payments in a Kafka log, one consumer that charges a card for each and commits after each. Links
 * are slow so that a person can follow; everything else is as a real group behaves, with the shortest session timeout
 * that a broker allows by default (6 s).
 */
import { engine } from '../../scenario/engine';
import type { Action, Recording, Scenario } from '../../scenario/scenario';

export const topic = 'payments';
export const lane = `kafka/${topic}/0`;
/** The service that charges, and the group it reads for. */
export const charger = 'charger';
export const group = 'charges';
/** Where charges are written: the card company. */
export const card = 'card';

/** How long a commit is on its way to the broker. */
export const commitFlightMs = 450;

/** `remembers`: the card company keeps what it has for a payment and refuses to write the same one again. */
export function scenario(remembers: boolean): Scenario {
  return {
    version: 1,
    name: 'front page',
    latencyMs: 100,
    links: [
      { from: 'shop', to: 'kafka', latencyMs: 350 },
      { from: 'charger', to: 'kafka', latencyMs: commitFlightMs },
      { from: 'kafka', to: 'charger', latencyMs: 50 },
      { from: 'charger', to: 'card', latencyMs: 300 },
      { from: 'card', to: 'charger', latencyMs: 300 },
    ],
    brokers: [
      {
        name: 'kafka',
        kind: 'kafka',
        topics: [{ name: topic, partitions: 1 }],
        options: { 'group.initial.rebalance.delay.ms': 0 },
      },
    ],
    services: [
      {
        name: 'shop',
        role: 'shop',
        restartAfterMs: null,
        parts: [
          { kind: 'kafka.producer' },
          {
            kind: 'producer',
            options: { place: topic, pattern: 'payment', ratePerSecond: 0.34, limit: 5, startAfterMs: 2500 },
          },
        ],
      },
      {
        name: charger,
        role: charger,
        restartAfterMs: 1500,
        parts: [
          {
            kind: 'kafka.consumer',
            options: {
              groupId: group,
              topics: topic,
              fromBeginning: true,
              handler: 'projection',
              sessionTimeout: 6000,
              heartbeatInterval: 3000,
              autoCommitThreshold: 1,
            },
          },
          {
            kind: 'projection',
            options: { store: card, latencyMs: 700, check: remembers ? 'newer' : 'none' },
          },
        ],
      },
      { name: card, role: card, restartAfterMs: null, parts: [{ kind: 'store' }] },
    ],
    // What was paid before anybody looked.
    schedule: [
      {
        atMs: 100,
        action: { class: 'workload', name: 'publish', target: 'shop', options: { count: 4 } },
      },
    ],
    endMs: 24_000,
  };
}

/** Breaks the charger the next time it is about to commit. */
export const crashBeforeCommit: Action = {
  class: 'fault',
  name: 'pin',
  target: charger,
  options: { step: 'commit' },
};

/** Nothing breaks. */
export const healthy: Recording = { engine, scenario: scenario(false), seed: 2, inputs: [] };

/** The same run, with the same inputs, on the design that remembers. */
export function onRememberingDesign(recording: Recording): Recording {
  return { ...recording, scenario: scenario(true) };
}
