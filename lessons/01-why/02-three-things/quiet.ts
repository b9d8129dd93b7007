/** The new order API with three readers, one of which becomes slow: who notices? */
import type { Probe } from '../../../src/course/lesson';
import type { Scenario } from '../../../src/scenario/scenario';
import { after, browser, kafka, newApi } from './shop';

const shop: Scenario = {
  version: 1,
  name: 'quiet',
  latencyMs: 0.1,
  links: [],
  brokers: [kafka],
  services: [browser(newApi, { ratePerSecond: 5 }), ...after(['payment', 'email', 'analytics'])],
  schedule: [
    {
      atMs: 10_000,
      action: { class: 'fault', name: 'slow', target: 'analytics-service', options: { factor: 20 } },
    },
  ],
  endMs: 60_000,
};

const answered = { kind: 'responded', type: 'OrderAnswered', on: 'after' } as const;

export const slowReader: Probe = {
  bet: {
    id: 'slow-reader',
    options: [
      { id: 'all-slow', misconception: 'still-in-the-chain' },
      { id: 'same', right: true },
      { id: 'others-wait', misconception: 'one-backlog' },
      { id: 'lost', misconception: 'broker-drops' },
    ],
  },
  scenario: shop,
  seed: 21,
  askAtMs: 10_200,
  tellAtMs: 40_000,
  shows: {
    id: 'slow-reader',
    clauses: [
      {
        id: 'slow',
        expression: { op: 'some', of: { kind: 'delayed', type: 'ProcessSlowed', on: 'analytics-service' } },
      },
      {
        id: 'as-quick',
        expression: {
          op: 'span',
          from: { kind: 'requested', type: 'OrderPlaced', on: 'after' },
          to: answered,
          percentile: 95,
          isMs: { max: 200 },
        },
      },
      {
        id: 'none-failed',
        expression: { op: 'none', of: { kind: 'failed', type: 'OrderFailed', on: 'after' } },
      },
      {
        id: 'email-on-time',
        expression: {
          op: 'count',
          of: { kind: 'applied', role: 'email-service' },
          is: { min: 150 },
        },
      },
    ],
  },
  moment: { kind: 'applied', role: 'analytics-service' },
};
