/**
 * An account kept as a log: every slip becomes a line, appended and never changed, and a slip that is refused becomes a
 * line that says so. Balances are no field of anything: they are what the lines add up to. Simplified: one log per
 * account, one writer, no snapshots; the running balance is a cache that `check` compares with a replay.
 */
import type { MessageId } from '../kernel/bodies';
import { factType } from '../kernel/fact';
import { invariant } from '../kernel/invariant';
import type { Context, KernelCommand } from '../kernel/machine';
import { optionReader, type GivenOptions } from '../kernel/options';
import type { Look, OptionSpec, Part, PartPicture } from '../kernel/part';
import type { Cell, Lane } from '../kernel/shape';
import { ChunkedLog } from '../kernel/structures/chunked-log';
import type { Time } from '../kernel/time';
import { amountOf, isOverdrawn, noteMishap, overdraftOption, replayed } from './account-book';
import type { AskKeeper, Effect, KeeperAnswer, PostSlip, Question, ReadLine } from './account-protocol';

/** A line. Immutable. */
interface Line extends ReadLine {
  readonly at: Time;
  /** What all lines up to this one add up to. */
  readonly balance: number;
}

interface AccountLog {
  lines: ChunkedLog<Line>;
  balance: number;
}

export interface EventStore {
  name: string;
  overdraftRule: boolean;
  /** Part of this process that is told what a line brings about outside; '' for none. */
  readonly effects: string;
  accounts: Map<string, AccountLog>;
}

const Appended = factType('accepted', 'LineAppended');
const Refused = factType('refused', 'WithdrawalRefused');
const Answered = factType('read', 'LogAnswered');
const Told = factType('read', 'HistoryTold');
const ReplayStarted = factType('read', 'ReplayStarted');
const Replayed = factType('read', 'LogReplayed');

/** Lines that go into one answer, the newest of them. */
const linesReadMax = 100;

const options: readonly OptionSpec[] = [
  overdraftOption,
  {
    name: 'effects',
    type: 'string',
    default: '',
    unit: '',
    source: 'part of this process that carries out what a line brings about outside',
    takes: 'restart',
  },
];

export const part: Part<EventStore, PostSlip | AskKeeper, GivenOptions> = {
  options,
  machine: {
    kind: 'event-store',
    init(given) {
      const read = optionReader(options, given);
      return {
        name: '',
        overdraftRule: read.boolean('overdraftRule'),
        effects: read.string('effects'),
        accounts: new Map(),
      };
    },
    apply,
    configure(state, changed) {
      if ('overdraftRule' in changed)
        state.overdraftRule = optionReader(options, changed).boolean('overdraftRule');
    },
    // lines are on disk, and the cache is brought up to date with each
    restart: () => undefined,
    clone: (state) => ({
      ...state,
      accounts: new Map(
        [...state.accounts].map(([key, { lines, balance }]) => [key, { lines: lines.clone(), balance }]),
      ),
    }),
  },
  describe,
  cargo(command) {
    if (command.type !== 'PostSlip') return [];
    const { account, message } = command as PostSlip;
    return [{ lane: account, messages: [message] }];
  },
  check({ accounts }) {
    for (const [key, { lines, balance }] of accounts)
      invariant(replayed(lines) === balance, `the lines of account ${key} add up to its balance`);
  },
};

function apply(state: EventStore, command: PostSlip | AskKeeper | KernelCommand, context: Context): void {
  switch (command.type) {
    case 'Start':
      state.name = context.self;
      return;
    case 'PostSlip':
      return append(state, command, context);
    case 'AskKeeper':
      return command.question.kind === 'rule'
        ? replay(state, command, command.question.fee, context)
        : answer(state, command, context);
    case 'ConnectionClosed':
      return;
  }
}

function append(state: EventStore, { account, message }: PostSlip, context: Context): void {
  let log = state.accounts.get(account);
  if (!log) state.accounts.set(account, (log = { lines: new ChunkedLog(), balance: 0 }));
  const amount = amountOf(context.body(message));
  const isRefused = state.overdraftRule && isOverdrawn(log.balance, amount);
  if (!isRefused) log.balance += amount;
  const { balance } = log;
  const position = log.lines.push({ message, amount, isRefused, at: context.now, balance }) + 1;
  const subject = `${context.self}/${account}`;
  const is = isRefused ? Refused : Appended;
  const fact = context.emit({ is, subject, message, position, amount: balance });
  if (isRefused) noteMishap('refused', message, fact, context);
  else bringAbout(state, account, message, false, context);
}

function bringAbout(
  { effects }: EventStore,
  account: string,
  message: MessageId,
  isReplay: boolean,
  context: Context,
): void {
  const effect: Effect = { type: 'Effect', account, message, isReplay };
  if (effects !== '') context.tell(effects, effect);
}

function answer(state: EventStore, { account, question, ticket }: AskKeeper, context: Context): void {
  const log = state.accounts.get(account);
  const until = log ? lineOf(question, log.lines) : 0;
  const lines = log ? linesUpTo(log.lines, until) : [];
  const balance = log ? balanceAfter(log.lines, until) : null;
  if (log && question.kind !== 'kept') {
    context.emit({
      is: question.kind === 'how' ? Told : Answered,
      subject: `${context.self}/${account}`,
      position: until,
      amount: question.kind === 'how' ? until : (balance ?? 0),
      detail: question.kind,
    });
  }
  reply(ticket, balance, lines, log, context);
}

/** Every line is handled once more, with another rule. The log stays as it is; only the answer is new. */
function replay(state: EventStore, { account, ticket }: AskKeeper, fee: number, context: Context): void {
  const log = state.accounts.get(account);
  if (!log) return reply(ticket, null, [], undefined, context);
  const subject = `${context.self}/${account}`;
  const detail = `fee ${fee}`;
  const position = log.lines.end;
  context.emit({ is: ReplayStarted, subject, position, amount: fee, detail });
  for (const { message, isRefused } of log.lines)
    if (!isRefused) bringAbout(state, account, message, true, context);
  const balance = replayed(log.lines, fee);
  context.emit({ is: Replayed, subject, position, amount: balance, detail });
  reply(ticket, balance, linesUpTo(log.lines, position), log, context);
}

function reply(
  ticket: number,
  balance: number | null,
  lines: readonly ReadLine[],
  log: AccountLog | undefined,
  context: Context,
): void {
  const changedAt = log?.lines.at(log.lines.end - 1)?.at ?? null;
  const told: KeeperAnswer = {
    type: 'KeeperAnswer',
    ticket,
    says: log ? 'answered' : 'silent',
    balance,
    changedAt,
    lines,
  };
  context.reply(context.connection, told);
}

/** How many lines a question is about, from the first. */
function lineOf(question: Question, lines: ChunkedLog<Line>): number {
  switch (question.kind) {
    case 'after':
      return Math.max(0, Math.min(question.line, lines.end));
    case 'at':
      return lines.findFirst(({ at }) => at > question.time);
    default:
      return lines.end;
  }
}

function balanceAfter(lines: ChunkedLog<Line>, line: number): number {
  return lines.at(line - 1)?.balance ?? 0;
}

function linesUpTo(lines: ChunkedLog<Line>, line: number): ReadLine[] {
  const read: ReadLine[] = [];
  for (let index = Math.max(0, line - linesReadMax); index < line; index++) {
    const { message, amount, isRefused } = lines.at(index)!;
    read.push({ message, amount, isRefused });
  }
  return read;
}

function describe({ name, accounts }: EventStore, look: Look): PartPicture {
  const keys = [...accounts.keys()].sort((a, b) => (a < b ? -1 : 1));
  return { shapes: keys.map((key, index) => laneOf(name, key, index, accounts.get(key)!, look)) };
}

function laneOf(name: string, key: string, index: number, log: AccountLog, look: Look): Lane {
  const address = `${name}/${key}`;
  const { lines } = log;
  // Lines are counted from 1, as on paper; the next one is `end + 1`.
  const end = Math.min(look.laneEnd(address) ?? lines.end + 1, lines.end + 1) - 1;
  const cells: Cell[] = [];
  for (let at = Math.max(0, end - look.cells); at < end; at++) {
    const { message, amount, isRefused, at: timestamp, balance } = lines.at(at)!;
    cells.push({
      offset: at + 1,
      face: look.face(message),
      timestamp,
      expiresAt: null,
      uncommittedBy: [],
      entry: { amount, balance, isRefused },
    });
  }
  return {
    shape: 'lane',
    address,
    place: key,
    index,
    logStart: 1,
    logEnd: lines.end + 1,
    highWatermark: lines.end + 1,
    cells,
    pointers: [],
    retention: null,
    keeps: 'account',
  };
}
