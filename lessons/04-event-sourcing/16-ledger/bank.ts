/** The bank of lesson 16: a teller, an account kept as a row and as a log, and an auditor who asks both. */
import type { Scenario } from '../../../src/scenario/scenario';

/** Mia's account. */
export const account = '7';
/** The accounts that go wrong. */
export const cases = ['8', '9'] as const;

/** One second of the run stands for a day, and the run begins on 1 March: 3, 9 and 12 March, in the morning. */
const slips = [
  { account, atMs: 2400, amount: 500 },
  { account, atMs: 8400, amount: -200 },
  { account, atMs: 11_400, amount: 700 },
];

export const bank: Scenario = bankWith('ledger', slips, true);

export function bankWith(name: string, written: typeof slips, gate: boolean): Scenario {
  return {
    version: 1,
    name,
    latencyMs: { kind: 'lognormal', medianMs: 8, sigma: 0.4 },
    links: [],
    brokers: [],
    services: [
      {
        name: 'teller',
        role: 'teller',
        restartAfterMs: 1000,
        parts: [
          {
            kind: 'teller',
            options: { slips: written, keepers: 'account-row account-log', auditor: 'auditor' },
          },
        ],
      },
      { name: 'account-row', role: 'row', restartAfterMs: 1000, parts: [{ kind: 'account-row' }] },
      {
        name: 'account-log',
        role: 'log',
        restartAfterMs: 1000,
        parts: [
          { kind: 'event-store', options: { effects: 'effect-gateway' } },
          { kind: 'effect-gateway', options: { gate } },
        ],
      },
      {
        name: 'auditor',
        role: 'auditor',
        restartAfterMs: 1000,
        parts: [{ kind: 'audit-desk', options: { row: 'account-row', log: 'account-log' } }],
      },
    ],
    schedule: [],
    endMs: 20_000,
  };
}
