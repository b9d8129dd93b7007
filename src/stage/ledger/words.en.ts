/** The picture of accounts: row beside log. Another locale satisfies LedgerWords. */
import type { Time } from '../../kernel/time';

const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const lists = new Intl.ListFormat('en', { type: 'conjunction' });
const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
const shortDays = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const many = (count: number, one: string, other: string): string =>
  `${numbers.format(count)} ${count === 1 ? one : other}`;

const secondsPerDay = 1;
const first = Date.UTC(2001, 2, 1);
/** A second of the run is a day, and the run begins on 1 March. */
function dayOf(time: Time): Date {
  return new Date(first + Math.floor(time / 1e6 / secondsPerDay) * 86_400_000);
}

/** "$1,000", "−$50". */
function money(dollars: number): string {
  return `${dollars < 0 ? '−' : ''}$${numbers.format(Math.abs(dollars))}`;
}
/** "+500", "−200": as on a slip. */
function amount(dollars: number): string {
  return `${dollars < 0 ? '−' : '+'}${numbers.format(Math.abs(dollars))}`;
}
const spelled = ['no line', 'one line', 'two lines', 'three lines', 'four lines', 'five lines'];
const lines = (count: number): string => spelled[count] ?? many(count, 'line', 'lines');

export const ledgerWords = {
  money,
  amount,
  lines,
  date: (time: Time) => days.format(dayOf(time)),
  shortDate: (time: Time) => shortDays.format(dayOf(time)),
  scale: '1 s of the run is 1 day',
  row: 'Row',
  rowNote: 'overwritten',
  log: 'Log',
  logNote: 'appended, never changed',
  account: (key: string) => `account ${key}`,
  overTime: 'Balance over time',
  stored: 'What is stored',
  stand: 'Stand after line',
  standShort: 'After line',
  afterLine: (line: number) => (line === 0 ? 'before line 1' : `after line ${numbers.format(line)}`),
  overwritten: 'overwritten',
  balance: 'balance',
  changed: (date: string) => `changed ${date}`,
  noRow: 'no row yet',
  refused: 'refused',
  older: (count: number) => `${many(count, 'line', 'lines')} before`,
  mails: (sent: number, held: number) =>
    `${many(sent, 'e-mail', 'e-mails')} sent${held === 0 ? '' : `, ${numbers.format(held)} held`}`,
  down: { down: 'down', crashed: 'crashed', slow: 'slow', paused: 'paused', up: '' },

  question: {
    today: () => 'Balance today?',
    after: (line: number) => `Balance ${line === 0 ? 'before line 1' : `after line ${line}`}?`,
    at: (date: string) => `Balance on ${date}?`,
    how: () => 'How did it get there?',
    rule: (fee: number) => `With a fee of ${money(fee)}?`,
  },
  notAsked: 'not asked yet',
  waiting: 'asked; let time run',
  holds: (balance: string) => `holds ${balance} today`,
  holdsShort: (balance: string) => `${balance} today`,
  cannot: 'It cannot say',
  noTrace: 'no trace',
  unknown: 'no such account',
  read: (count: number) => (count === 1 ? 'one line read' : `${lines(count)} read, in order`),
  newRule: 'by the new rule; the log as it was',

  slips: 'slips',
  cause: {
    lost: 'lost',
    refused: 'refused',
    reversed: 'paid back',
    copied: 'twice',
  } as Readonly<Record<string, string>>,
  found: (cause: string) => `found: ${cause}`,
  notSo: (cause: string) => `${cause}? Not so.`,

  // Sentences for those who hear the stage.
  summary: (accounts: readonly { key: string; row: string; lines: number }[]) =>
    accounts.length === 0
      ? 'No slip has been handed in yet.'
      : accounts
          .map(
            ({ key, row, lines: count }) =>
              `Account ${key}: the row says ${row}, the log has ${lines(count)}.`,
          )
          .join(' '),
  help: 'Arrow keys move between the objects, Enter selects, Escape leaves.',
  saysRow: (key: string, balance: string | null, writes: number, date: string) =>
    balance === null
      ? `Row of account ${key}: empty`
      : `Row of account ${key}: ${balance}, changed ${date}, ${
          writes < 2 ? 'never overwritten' : `overwritten ${many(writes - 1, 'time', 'times')}`
        }`,
  saysLine: (line: number, what: string, date: string, balance: string, isRefused: boolean) =>
    `Line ${line}: ${what}${isRefused ? ', refused' : ''}, ${date}, balance then ${balance}`,
  saysLater: (line: number, what: string) => `Line ${line}, recorded later: ${what}`,
  saysLog: (key: string, count: number) => `Log of account ${key}, ${lines(count)}`,
  saysStand: (line: number, balance: string, isHere: boolean) =>
    `${line === 0 ? 'Before line 1' : `After line ${line}`}: ${balance}${isHere ? ', you stand here' : ''}`,
  saysQuestion: (question: string, row: string, log: string) => `${question} Row: ${row}. Log: ${log}.`,
  saysMails: (text: string) => `Mail gateway: ${text}`,
  saysSlips: (key: string, slips: readonly string[]) =>
    `Slips of account ${key}: ${slips.length === 0 ? 'none' : lists.format(slips)}`,
  saysFinding: (key: string, text: string) => `Account ${key}, ${text}`,
} as const;

export type LedgerWords = typeof ledgerWords;
