/** Book-keeping rules shared by those who keep accounts and those who check them: pure functions over amounts and lines. */
import type { Body, MessageId } from '../kernel/bodies';
import type { Context } from '../kernel/machine';
import type { OptionSpec } from '../kernel/part';
import type { ReadLine } from './account-protocol';

/** What a slip moves, in whole dollars: negative for a withdrawal. */
export function amountOf({ data }: Body): number {
  const amount = data['amount'];
  return typeof amount === 'number' ? amount : 0;
}

/** The overdraft rule, as an option of every keeper. */
export const overdraftOption: OptionSpec = {
  name: 'overdraftRule',
  type: 'boolean',
  default: true,
  unit: '',
  source: 'refuse a withdrawal that would leave less than nothing',
  takes: 'nothing',
};

export function isOverdrawn(balance: number, amount: number): boolean {
  return amount < 0 && balance + amount < 0;
}

/** The balance that lines lead to, each withdrawal costing a fee. What was refused has moved nothing. */
export function replayed(lines: Iterable<ReadLine>, fee = 0): number {
  let balance = 0;
  for (const { amount, isRefused } of lines) {
    if (!isRefused) balance += amount < 0 ? amount - fee : amount;
  }
  return balance;
}

/** What a log shows of a slip: no line at all, a line that refuses it, or a line that books it. */
export type Trace = 'missing' | 'refused' | 'booked';

export function traceOf(message: MessageId, lines: readonly ReadLine[]): Trace {
  const found = lines.filter((line) => line.message === message);
  if (found.length === 0) return 'missing';
  return found.some(({ isRefused }) => !isRefused) ? 'booked' : 'refused';
}

/** What can have become of a slip that moved nothing; the fact that says so is of this kind. */
export const mishaps = ['lost', 'refused'] as const;
export type Mishap = (typeof mishaps)[number];

/**
 * The observer's notebook: the fact that became of a slip. Nobody in the world reads it; what is said about a cause may
 * refer to it.
 */
export function noteMishap(kind: Mishap, message: MessageId, fact: number, context: Context): void {
  context.notes.set(mishapNote(kind, message), [fact]);
}

/** The fact of this kind about a slip; null when there is none. */
export function mishapOf(kind: string, message: MessageId, context: Context): number | null {
  return context.notes.get(mishapNote(kind, message))?.[0] ?? null;
}

function mishapNote(kind: string, message: MessageId): string {
  return `slip ${message} ${kind}`;
}
