/** The mailer: one partition, one consumer, and a crash beside its commit. */
import type { Bet, Probe } from '../../../src/course/lesson';
import type { Scenario } from '../../../src/scenario/scenario';

const topic = 'payments';

/** A consumer that breaks before `step` and comes back; the question is which offset it then reads first. */
export function receipts(id: string, step: 'commit' | 'committed', options: Bet['options']): Probe {
  return {
    bet: { id, options },
    scenario: { ...mailer, schedule: [crash(step)] },
    seed: 11,
    askAtMs: 9500,
    tellAtMs: 15_500,
    shows: {
      id,
      clauses: [
        { id: 'crashed', expression: { op: 'some', of: { kind: 'crashed', on: 'mailer' } } },
        {
          id: 'sent-again',
          expression: {
            op: 'repeated',
            of: { kind: 'applied', group: 'receipts' },
            same: ['message', 'group'],
            times: 2,
            expect: step === 'commit' ? 'some' : 'none',
          },
        },
      ],
    },
    moment: { kind: step === 'commit' ? 'redelivered' : 'delivered', group: 'receipts' },
  };
}

const mailer: Scenario = {
  version: 1,
  name: 'receipts',
  latencyMs: { kind: 'lognormal', medianMs: 8, sigma: 0.4 },
  links: [],
  brokers: [{ name: 'kafka', kind: 'kafka', topics: [{ name: topic, partitions: 1 }] }],
  services: [
    {
      name: 'till',
      role: 'till',
      restartAfterMs: null,
      parts: [
        { kind: 'kafka.producer' },
        {
          kind: 'producer',
          options: {
            place: topic,
            products: 'anna ben cleo',
            pattern: 'payment',
            ratePerSecond: 0.6,
            jitter: 0,
            limit: 8,
          },
        },
      ],
    },
    {
      name: 'mailer',
      role: 'mailer',
      restartAfterMs: 2000,
      parts: [
        {
          kind: 'kafka.consumer',
          options: {
            groupId: 'receipts',
            topics: topic,
            handler: 'consumer',
            fromBeginning: true,
            sessionTimeout: 6000,
            heartbeatInterval: 2000,
            maxWaitTimeInMs: 1000,
          },
        },
        { kind: 'consumer', options: { latencyMs: 400 } },
      ],
    },
  ],
  schedule: [],
  endMs: 24_000,
};

function crash(step: string): Scenario['schedule'][number] {
  return { atMs: 7500, action: { class: 'fault', name: 'pin', target: 'mailer', options: { step } } };
}
