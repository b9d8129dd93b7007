/** One order after its answer: the payment is taken later, and declined. */
import type { Probe } from '../../../src/course/lesson';
import type { Scenario, ServiceSpec } from '../../../src/scenario/scenario';
import { groupOptions, stepTimes } from './shop';

/** Of ten orders the fourth has a card without cover. */
const without = 'OC04';

const shop: Scenario = {
  version: 1,
  name: 'declined',
  latencyMs: 1,
  links: [],
  brokers: [
    {
      name: 'kafka',
      kind: 'kafka',
      topics: [
        { name: 'orders', partitions: 1 },
        { name: 'payments', partitions: 1 },
      ],
      options: { 'group.initial.rebalance.delay.ms': 500 },
    },
  ],
  services: [
    {
      name: 'browser',
      role: 'browser',
      restartAfterMs: null,
      parts: [
        {
          kind: 'browser',
          options: { to: 'order-api', ratePerSecond: 1, limit: 10, jitter: 0, startAfterMs: 2000 },
        },
      ],
    },
    {
      name: 'order-api',
      role: 'api',
      restartAfterMs: null,
      parts: [
        {
          kind: 'http-api',
          options: {
            ...{ steps: 'validate persist publish respond', store: 'order-table', orderState: 'PENDING' },
            ...stepTimes,
          },
        },
        { kind: 'kafka.producer' },
      ],
    },
    { name: 'order-table', role: 'order-table', restartAfterMs: null, parts: [{ kind: 'store' }] },
    reader('payment', 'orders', [
      { kind: 'payment', options: { declines: without, latencyMs: 900 } },
      { kind: 'kafka.producer' },
    ]),
    reader('order-desk', 'payments', [
      { kind: 'order-desk', options: { store: 'order-table', latencyMs: 200 } },
    ]),
  ],
  schedule: [],
  endMs: 20_000,
};

function reader(name: string, topics: string, parts: ServiceSpec['parts']): ServiceSpec {
  const options = { ...groupOptions, groupId: name, topics, handler: parts[0].kind, maxWaitTimeInMs: 200 };
  return {
    ...{ name, role: name, restartAfterMs: 1000 },
    parts: [...parts, { kind: 'kafka.consumer', options }],
  };
}

const declined = { kind: 'refused', type: 'PaymentDeclined' } as const;

export const afterTheAnswer: Probe = {
  bet: {
    id: 'after-the-answer',
    options: [
      { id: 'take-back', misconception: 'answer-can-change' },
      { id: 'roll-back', misconception: 'one-transaction' },
      { id: 'pending', right: true },
      { id: 'nothing', misconception: 'published-is-done' },
    ],
  },
  scenario: shop,
  seed: 7,
  askAtMs: 6300,
  tellAtMs: 14_500,
  shows: {
    id: 'after-the-answer',
    clauses: [
      { id: 'declined', expression: { op: 'some', of: declined } },
      {
        id: 'cancelled',
        expression: {
          op: 'caused',
          of: { kind: 'compensated', type: 'OrderCancelled' },
          from: declined,
          expect: 'some',
        },
      },
      {
        id: 'not-confirmed',
        expression: {
          op: 'caused',
          of: { kind: 'applied', type: 'OrderConfirmed' },
          from: declined,
          expect: 'none',
        },
      },
      {
        id: 'answered-before',
        expression: {
          op: 'seq',
          of: [{ kind: 'responded', type: 'OrderAnswered', on: 'api' }, declined],
          same: ['message'],
        },
      },
    ],
  },
  moment: { kind: 'compensated' },
};
