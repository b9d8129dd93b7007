/** A log that is read again under a new rule: who hears of it depends on the gateway's gate. */
import type { Bet, Probe } from '../../../src/course/lesson';
import { bankWith } from './bank';

const account = '31';
const slips = [
  { account, atMs: 1400, amount: 300 },
  { account, atMs: 3400, amount: -40 },
  { account, atMs: 5400, amount: -60 },
  { account, atMs: 7400, amount: 100 },
];
/** A fee of $5 on each of two withdrawals. */
const byTheNewRule = 290;

export function replay(id: string, gate: boolean, options: Bet['options']): Probe {
  const bank = bankWith('replay', slips, gate);
  const mails = gate ? slips.length : 2 * slips.length;
  return {
    bet: { id, options },
    scenario: {
      ...bank,
      schedule: [
        {
          atMs: 10_000,
          action: {
            class: 'operation',
            name: 'ask',
            target: 'auditor',
            options: { account, question: 'rule', fee: 5 },
          },
        },
      ],
      endMs: 14_000,
    },
    picture: 'ledger',
    seed: 16,
    askAtMs: 9500,
    tellAtMs: 11_000,
    shows: {
      id,
      clauses: [
        {
          id: 'replayed',
          expression: {
            op: 'some',
            of: { kind: 'read', type: 'LogReplayed', amountMin: byTheNewRule, amountMax: byTheNewRule },
          },
        },
        {
          id: 'mails',
          expression: {
            op: 'count',
            of: { kind: 'published', type: 'CustomerMailed' },
            is: { min: mails, max: mails },
          },
        },
        ...(gate
          ? [
              {
                id: 'none-again',
                expression: {
                  op: 'none' as const,
                  of: { kind: 'published' as const, type: 'CustomerMailed' },
                  since: { kind: 'read' as const, type: 'ReplayStarted' },
                },
              },
            ]
          : []),
      ],
    },
    moment: { type: gate ? 'MailHeld' : 'CustomerMailed' },
  };
}
