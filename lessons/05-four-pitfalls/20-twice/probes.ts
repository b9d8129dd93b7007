/** The same idea elsewhere: a mail that no transaction covers. And on another day: an account that commits first. */
import type { Probe } from '../../../src/course/lesson';
import { bank, crashAt, statement } from './bank';

/** Ids in the transaction of the balance, and a mail before it: the crash falls between the two. */
export function mails(): Probe {
  return {
    bet: {
      id: 'how-many-mails',
      options: [
        { id: 'one', misconception: 'transaction-covers-all' },
        { id: 'two', right: true },
        { id: 'none', misconception: 'rolled-back-mail' },
        { id: 'two-bookings', misconception: 'ids-do-nothing' },
      ],
    },
    scenario: bank({
      entries: `${statement('eva')} finn+500`,
      ids: 'together',
      mail: true,
      schedule: [crashAt(13_800, 'apply')],
      endMs: 28_000,
    }),
    seed: 7,
    askAtMs: 16_000,
    tellAtMs: 22_500,
    shows: {
      id: 'how-many-mails',
      clauses: [
        {
          id: 'over',
          expression: { op: 'cover', of: { kind: 'applied', on: 'book', key: 'finn' }, is: { min: 1 } },
        },
        {
          id: 'two-mails',
          expression: {
            op: 'repeated',
            of: { kind: 'applied', on: 'mail', key: 'eva' },
            same: ['message'],
            times: 2,
          },
        },
        {
          id: 'no-third',
          expression: {
            op: 'count',
            of: { kind: 'applied', on: 'mail', key: 'eva' },
            is: { min: 4, max: 4 },
          },
        },
        {
          id: 'booked-once',
          expression: {
            op: 'last',
            of: { kind: 'applied', type: 'AmountAdded', on: 'book', key: 'eva' },
            is: { min: 1000, max: 1000 },
          },
        },
      ],
    },
    moment: { kind: 'applied', on: 'mail', key: 'eva' },
  };
}

/** Committed before the work, broken between the two: the last entry is never applied. */
export function settled(): Probe {
  return {
    bet: {
      id: 'after-commit-first',
      options: [
        { id: 'thousand', misconception: 'crash-always-repeats' },
        { id: 'three', right: true },
        { id: 'seventeen', misconception: 'doubled-anyway' },
        { id: 'nothing', misconception: 'starts-over' },
      ],
    },
    scenario: bank({
      entries: `${statement('eva')} finn+500`,
      commit: 'before',
      schedule: [crashAt(13_800, 'apply')],
      endMs: 28_000,
    }),
    seed: 9,
    askAtMs: 16_200,
    tellAtMs: 22_500,
    shows: {
      id: 'after-commit-first',
      clauses: [
        {
          id: 'over',
          expression: { op: 'cover', of: { kind: 'applied', on: 'book', key: 'finn' }, is: { min: 1 } },
        },
        {
          id: 'lost',
          expression: {
            op: 'last',
            of: { kind: 'applied', type: 'AmountAdded', on: 'book', key: 'eva' },
            is: { min: 300, max: 300 },
          },
        },
      ],
    },
    moment: { kind: 'crashed', role: 'account' },
  };
}
