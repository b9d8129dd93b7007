/**
 * What is said about accounts: slips that change one, questions that are put to whoever keeps it. Two keepers answer the
 * same requests, a row that is overwritten and a log that is appended to. Amounts are whole dollars.
 */
import type { MessageId } from '../kernel/bodies';
import type { Tagged } from '../kernel/machine';
import type { Time } from '../kernel/time';

/** Teller → keeper: a slip to be booked. Its body carries the amount (`amountOf`). */
export interface PostSlip extends Tagged {
  readonly type: 'PostSlip';
  readonly account: string;
  readonly message: MessageId;
}

/** Teller → auditor: the counterfoil of a slip, however the slip fares. */
export interface Counterfoil extends Tagged {
  readonly type: 'Counterfoil';
  readonly account: string;
  readonly message: MessageId;
}

/**
 * A question about an account: its balance today, after a line of the log, or at a time; how it came about; what it
 * would be with a fee on withdrawals; or nothing but what is kept (`kept`, which an auditor compares with counterfoils).
 */
export type Question =
  | { readonly kind: 'today' }
  | { readonly kind: 'after'; readonly line: number }
  | { readonly kind: 'at'; readonly time: Time }
  | { readonly kind: 'how' }
  | { readonly kind: 'rule'; readonly fee: number }
  | { readonly kind: 'kept' };

/** Auditor → keeper. */
export interface AskKeeper extends Tagged {
  readonly type: 'AskKeeper';
  readonly ticket: number;
  readonly account: string;
  readonly question: Question;
  /** Somebody claims that the keeper cannot answer this: it is to say whether that is so. */
  readonly challenged: boolean;
}

/** One line of a log, as it is read out. */
export interface ReadLine {
  readonly message: MessageId;
  readonly amount: number;
  readonly isRefused: boolean;
}

export interface KeeperAnswer extends Tagged {
  readonly type: 'KeeperAnswer';
  readonly ticket: number;
  /** `answered`; `silent`: it has only what it holds today; `cannot`: challenged, it admits that it cannot answer. */
  readonly says: 'answered' | 'silent' | 'cannot';
  /** The balance asked for, or the one it holds today; null for an account it does not know. */
  readonly balance: number | null;
  /** When it last changed; null when it never did. */
  readonly changedAt: Time | null;
  /** Lines that were read for the answer, in order; a row has none. */
  readonly lines: readonly ReadLine[];
}

/** Event store → gateway beside it: something outside that a line brings about, such as an e-mail. */
export interface Effect extends Tagged {
  readonly type: 'Effect';
  readonly account: string;
  readonly message: MessageId;
  /** The line is read again, not new. */
  readonly isReplay: boolean;
}
