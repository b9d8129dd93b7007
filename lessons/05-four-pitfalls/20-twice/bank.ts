/** The bank of lesson 20: entries at a broker, one consumer that adds them up, and a database with the balances. */
import type { Action, Scenario, ScheduledAction } from '../../../src/scenario/scenario';
import { footings, type FootingName } from './worlds';

/** What may differ from one bank to the next. */
export interface Bank {
  /** "anna+500 anna-200": in this order, one every five seconds. */
  readonly entries: string;
  /** What it stands on; left out: a Kafka topic. */
  readonly on?: FootingName;
  /** When the consumer commits (or acknowledges, or deletes), and when it writes down the ids it has handled. */
  readonly commit?: 'after' | 'before';
  readonly ids?: 'off' | 'first' | 'last' | 'together';
  /** Every entry is also mailed to the customer. */
  readonly mail?: boolean;
  readonly schedule?: readonly ScheduledAction[];
  readonly endMs: number;
}

/** The account after its three entries: +500 −200 +700. */
export const statement = (account: string): string => `${account}+500 ${account}-200 ${account}+700`;

export function bank({
  entries,
  on = 'kafka',
  commit = 'after',
  ids = 'off',
  mail,
  schedule = [],
  endMs,
}: Bank): Scenario {
  const { place, broker, producer, consumer } = footings[on];
  return {
    version: 1,
    name: 'twice',
    latencyMs: { kind: 'lognormal', medianMs: 8, sigma: 0.4 },
    links: [],
    brokers: [broker],
    services: [
      {
        name: 'branch',
        role: 'branch',
        restartAfterMs: null,
        parts: [
          producer,
          {
            kind: 'producer',
            options: {
              driver: producer.kind,
              place,
              entries,
              limit: entries.split(' ').length,
              ratePerSecond: 0.2,
              jitter: 0.04,
            },
          },
        ],
      },
      {
        name: 'account',
        role: 'account',
        restartAfterMs: 800,
        parts: [
          consumer(commit),
          { kind: 'idempotence', options: { handler: 'account', store: 'account-book', ids } },
          {
            kind: 'account',
            options: {
              store: 'account-book',
              latencyMs: { kind: 'lognormal', medianMs: 350, sigma: 0.2 },
              ...(mail ? { mail: 'account-mail' } : {}),
            },
          },
        ],
      },
      { name: 'account-book', role: 'book', restartAfterMs: null, parts: [{ kind: 'store' }] },
      ...(mail
        ? [{ name: 'account-mail', role: 'mail', restartAfterMs: null, parts: [{ kind: 'mail' }] }]
        : []),
    ],
    schedule,
    endMs,
  };
}

/** The consumer breaks the next time it is about to take this step. */
export function crash(step: string): Action {
  return { class: 'fault', name: 'pin', target: 'account', options: { step } };
}

export function crashAt(atMs: number, step: string): ScheduledAction {
  return { atMs, action: crash(step) };
}
