/** Sentences about accounts: slips, rows and logs, questions, findings. */
import type { Sentence, Telling } from './words.en';
import { valueOf } from './value-of';

const many = (count: number, one: string, other: string): string => `${count} ${count === 1 ? one : other}`;

/** "300", with the sign in front and a thousand's comma. */
const dollars = (amount: number): string =>
  `${amount < 0 ? '−' : ''}$${Math.abs(amount).toLocaleString('en')}`;

/** What a question was, by its kind: the position is a line, the amount a fee. */
function asked({ detail, position, amount }: Telling): string {
  switch (detail.replace('challenge ', '')) {
    case 'today':
      return 'the balance today';
    case 'after':
      return `the balance after line ${position}`;
    case 'at':
      return 'the balance of another day';
    case 'how':
      return 'how it got there';
    default:
      return `what it would be with a fee of ${dollars(amount)}`;
  }
}
const accountIn = (subject: string): string => `account ${subject.slice(subject.lastIndexOf('/') + 1)}`;
const causes: Readonly<Record<string, string>> = {
  lost: 'was lost on the way',
  refused: 'was refused, because it came too early',
  reversed: 'was booked and paid back',
  copied: 'was no cause: a deposit was booked twice',
};

export const accountTypes: Readonly<Record<string, Sentence>> = {
  SlipWritten: ({ who, message, detail }) => `${who} wrote a slip for account ${detail}: ${message}`,
  SlipLost: ({ message, detail }) => `the slip ${message} of account ${detail} was lost on its way`,
  SlipCopied: ({ message, detail }) => `the slip ${message} of account ${detail} exists twice`,
  BalanceInserted: ({ message, subject, amount }) =>
    `the row of ${accountIn(subject)} was written: ${dollars(amount)}, from ${message}`,
  BalanceOverwritten: ({ message, subject, amount }) =>
    `the row of ${accountIn(subject)} was overwritten: ${dollars(amount)} now, from ${message}`,
  SlipRefused: ({ message, subject, amount }) =>
    `the row of ${accountIn(subject)} refused ${message}: there were ${dollars(amount)}`,
  RowRead: (t) =>
    `the row of ${accountIn(t.subject)} was asked for ${asked(t)} and has ${dollars(t.amount)}, today’s`,
  RowCannotSay: (t) => `the row of ${accountIn(t.subject)} cannot say ${asked(t)}`,
  RowCanSay: (t) => `the row of ${accountIn(t.subject)} can say ${asked(t)}: ${dollars(t.amount)}`,
  LineAppended: ({ message, subject, position, amount }) =>
    `the log of ${accountIn(subject)} took in ${message} as line ${position}; the lines add up to ${dollars(amount)}`,
  WithdrawalRefused: ({ message, subject, position, amount }) =>
    `the log of ${accountIn(subject)} refused ${message}, in line ${position}: there were ${dollars(amount)}`,
  LogAnswered: ({ subject, position, amount }) =>
    `the log of ${accountIn(subject)} read ${many(position, 'line', 'lines')} and answered ${dollars(amount)}`,
  HistoryTold: ({ subject, amount }) =>
    `the log of ${accountIn(subject)} told how it got there, in ${many(amount, 'line', 'lines')}`,
  ReplayStarted: ({ subject, amount }) =>
    `the log of ${accountIn(subject)} is read again, with a fee of ${dollars(amount)} on a withdrawal`,
  LogReplayed: ({ subject, amount, detail }) =>
    `the log of ${accountIn(subject)} was read again: ${dollars(amount)} with a ${detail.replace('fee ', 'fee of $')}`,
  CustomerMailed: ({ message, detail }) => `the customer of account ${detail} was sent an e-mail: ${message}`,
  MailHeld: ({ message, detail }) =>
    `the gateway held an e-mail to the customer of account ${detail} about ${message}: it is a replay`,
  QuestionPut: (t) =>
    t.detail.startsWith('challenge')
      ? `${t.who} says that the row of ${accountIn(t.subject)} cannot say ${asked(t)}`
      : `${t.who} asked about ${accountIn(t.subject)}: ${asked(t)}`,
  CauseNamed: ({ message, subject, detail }) =>
    `a cause was named for ${accountIn(subject)}: ${message} ${causes[detail] ?? detail}`,
  CauseRejected: ({ message, subject, detail }) =>
    `a wrong cause was named for ${accountIn(subject)}: that ${message} ${causes[detail] ?? detail}`,
};

export const accountKnobs: Readonly<Record<string, Sentence>> = {
  slip: ({ subject, detail }) =>
    `${subject} was told to write a slip of ${dollars(Number(valueOf(detail, 'amount')))} for account ${valueOf(detail, 'account')}`,
  name: ({ subject, detail }) =>
    `${subject} was given a finding that rests on the ${{ row: 'row', log: 'log' }[valueOf(detail, 'rests')] ?? 'number of the account'}`,
};
