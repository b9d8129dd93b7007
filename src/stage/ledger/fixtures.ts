/** Hand-made instants of accounts for the gallery and the tests. */
import type { Cell, Desk, Lane, Process, Question, Row, Store } from '../../kernel/shape';
import { seconds } from '../../kernel/time';
import type { View } from '../../scenario/host';
import { processOf, viewOf } from '../fixture-shapes';

interface Kept {
  readonly key: string;
  readonly amounts: readonly number[];
  /** Which line says that a withdrawal was refused, from 1; 0 for none. */
  readonly refused?: number;
  readonly days?: readonly number[];
}

/** The instant of the design drawing: three lines, and the row has admitted that it cannot say. */
export function askedAccount(): View {
  const desk: Desk = {
    questions: [
      asked({ kind: 'today' }, 1000, [500, -200, 700], 'answered'),
      asked({ kind: 'after', number: 2 }, 300, [500, -200], 'cannot'),
    ],
    findings: [],
    slips: [],
  };
  return accounts(seconds(15), [mia], desk);
}

export function emptyBook(): View {
  return accounts(seconds(1), []);
}

/** Every question there is, and a log that is longer than the room for it. */
export function longLog(): View {
  const amounts = [500, -200, 700, 50, -50, 120, -20, 900, -1900, 25, 25, 40];
  const days = amounts.map((_, index) => 2 + index);
  const desk: Desk = {
    questions: [
      asked({ kind: 'today' }, 190, amounts, 'answered'),
      asked({ kind: 'after', number: 9 }, 100, amounts.slice(0, 9), 'silent'),
      asked({ kind: 'at', time: seconds(8.9) }, 1100, amounts.slice(0, 6), 'silent'),
      asked({ kind: 'how' }, 190, amounts, 'silent'),
      asked({ kind: 'rule', number: 25 }, 90, amounts, 'silent'),
    ],
    findings: [],
    slips: [],
  };
  return accounts(seconds(15), [{ key: '7', amounts, days }], desk);
}

/** Two wrong balances beside a right one, one cause found and one named wrongly; the row's process has crashed. */
export function twoCases(crashed = false): View {
  const desk: Desk = {
    questions: [],
    findings: [
      { account: '8', names: 'lost', isFact: true },
      { account: '9', names: 'reversed', isFact: false },
    ],
    slips: ['7', '8', '9'].map((account) => ({
      account,
      faces: [500, -200, 700].map((amount, index) => faceOf(account, amount, index)),
    })),
  };
  const kept: Kept[] = [
    mia,
    { key: '8', amounts: [500, 700], days: [15.5, 20.5] },
    { key: '9', amounts: [-200, 500, 700], refused: 1, days: [18, 20, 21] },
  ];
  return accounts(seconds(24), kept, desk, crashed);
}

const mia: Kept = { key: '7', amounts: [500, -200, 700], days: [2.4, 8.4, 11.4] };

function accounts(time: number, kept: readonly Kept[], desk?: Desk, crashed = false): View {
  const condition = crashed ? ({ condition: 'crashed', conditionSince: time - 1 } as const) : {};
  const processes: Process[] = [
    processOf('teller'),
    processOf('account-row', condition),
    processOf('account-log'),
    { ...processOf('auditor'), desk: desk ?? { questions: [], findings: [], slips: [] } },
  ];
  const rows = kept.map(rowOf);
  const store = (address: string, name: string, all: readonly Row[]): Store => {
    return { shape: 'store', address, name, rows: all, rowCount: all.length, wipedAt: null, writes: all.length };
  };
  const mails = kept.map(({ key, amounts }, index): Row => {
    return { ...rows[index], key, fields: { sent: amounts.length, held: 0 } };
  });
  return viewOf(time, [
    ...kept.map(laneOf),
    store('account-row', 'account-row', rows),
    ...(mails.length > 0 ? [store('account-log/mail', 'mail', mails)] : []),
    ...processes,
  ]);
} // prettier-ignore

function cellsOf({ key, amounts, refused = 0, days = [] }: Kept): Cell[] {
  let balance = 0;
  return amounts.map((amount, index): Cell => {
    const isRefused = index + 1 === refused;
    if (!isRefused) balance += amount;
    return {
      offset: index + 1,
      face: faceOf(key, amount, index),
      timestamp: seconds(days[index] ?? index),
      expiresAt: null,
      uncommittedBy: [],
      entry: { amount, balance, isRefused },
    };
  });
}

function laneOf(kept: Kept, index: number): Lane {
  const cells = cellsOf(kept);
  const end = cells.length + 1;
  return {
    shape: 'lane', address: `account-log/${kept.key}`, place: kept.key, index, logStart: 1, logEnd: end, highWatermark: end,
    cells, pointers: [], retention: null, keeps: 'account',
  }; // prettier-ignore
}

function rowOf(kept: Kept): Row {
  const cells = cellsOf(kept);
  const last = cells.at(-1)!;
  const writes = cells.filter(({ entry }) => entry?.isRefused === false).length;
  return {
    key: kept.key,
    version: writes,
    fields: { balance: last.entry!.balance },
    changedAt: last.timestamp,
    writes,
    face: last.face,
  };
}

function faceOf(key: string, amount: number, index: number): Cell['face'] {
  const label = `LG${amount < 0 ? '−' : '+'}${Math.abs(amount)}`;
  return { message: Number(key) * 100 + index, domain: 'ledger', label, key, version: index + 1 };
}

function asked(
  { kind, number = null, time = null }: Pick<Question, 'kind'> & Partial<Pick<Question, 'number' | 'time'>>,
  balance: number,
  amounts: readonly number[],
  says: 'answered' | 'silent' | 'cannot',
): Question {
  const lines = amounts.map((amount, index) => ({ face: faceOf('7', amount, index), amount, isRefused: false }));
  return { kind, account: '7', number, time, askedAt: seconds(14), log: { balance, lines }, row: { balance: amounts.reduce((sum, one) => sum + one, 0), says } };
} // prettier-ignore
