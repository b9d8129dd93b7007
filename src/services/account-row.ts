/**
 * An account kept as a row: one value, overwritten by every slip. It can say what it holds and since when; what it held
 * before is gone. Real tables can do better if somebody planned for it (history tables, system-versioned rows): here
 * nobody did.
 */
import type { MessageId } from '../kernel/bodies';
import { factType } from '../kernel/fact';
import type { Context, KernelCommand } from '../kernel/machine';
import { optionReader, type GivenOptions } from '../kernel/options';
import type { Look, Part, PartPicture } from '../kernel/part';
import type { Row } from '../kernel/shape';
import type { Time } from '../kernel/time';
import { amountOf, isOverdrawn, overdraftOption } from './account-book';
import type { AskKeeper, KeeperAnswer, PostSlip, Question } from './account-protocol';

/** Replaced by every write, never changed. */
interface AccountRow {
  readonly balance: number;
  readonly changedAt: Time;
  readonly writes: number;
  readonly message: MessageId;
}

export interface AccountRows {
  /** Name of its process, once it has been started. */
  name: string;
  overdraftRule: boolean;
  rows: Map<string, AccountRow>;
  writes: number;
}

const Inserted = factType('applied', 'BalanceInserted');
const Overwritten = factType('applied', 'BalanceOverwritten');
const Refused = factType('refused', 'SlipRefused');
const Read = factType('read', 'RowRead');
const CannotSay = factType('failed', 'RowCannotSay');
const CanSay = factType('rejected', 'RowCanSay');

const options = [overdraftOption];

export const part: Part<AccountRows, PostSlip | AskKeeper, GivenOptions> = {
  options,
  machine: {
    kind: 'account-row',
    init: (given) => ({
      name: '',
      overdraftRule: optionReader(options, given).boolean('overdraftRule'),
      rows: new Map(),
      writes: 0,
    }),
    apply,
    configure(state, changed) {
      if ('overdraftRule' in changed)
        state.overdraftRule = optionReader(options, changed).boolean('overdraftRule');
    },
    // rows are on disk
    restart: () => undefined,
    clone: (state) => ({ ...state, rows: new Map(state.rows) }),
  },
  describe,
  cargo: (command) =>
    command.type === 'PostSlip' ? [{ lane: null, messages: [(command as PostSlip).message] }] : [],
};

function apply(state: AccountRows, command: PostSlip | AskKeeper | KernelCommand, context: Context): void {
  switch (command.type) {
    case 'Start':
      state.name = context.self;
      return;
    case 'PostSlip':
      return book(state, command, context);
    case 'AskKeeper':
      return answer(state, command, context);
    case 'ConnectionClosed':
      return;
  }
}

function book(state: AccountRows, { account, message }: PostSlip, context: Context): void {
  const amount = amountOf(context.body(message));
  const known = state.rows.get(account);
  const before = known?.balance ?? 0;
  const subject = `${context.self}/${account}`;
  if (state.overdraftRule && isOverdrawn(before, amount)) {
    context.emit({ is: Refused, subject, message, amount: before });
    return;
  }
  const balance = before + amount;
  const writes = (known?.writes ?? 0) + 1;
  state.writes++;
  state.rows.set(account, { balance, changedAt: context.now, writes, message });
  context.emit({ is: known ? Overwritten : Inserted, subject, message, amount: balance });
}

function answer(state: AccountRows, ask: AskKeeper, context: Context): void {
  const { account, question, challenged, ticket } = ask;
  const row = state.rows.get(account);
  const canSay = row !== undefined && isAnswerable(question, row.changedAt);
  const subject = `${context.self}/${account}`;
  const position = question.kind === 'after' ? question.line : -1;
  const amount = row?.balance ?? 0;
  const detail = question.kind;
  const is = !challenged ? Read : canSay ? CanSay : CannotSay;
  if (question.kind !== 'kept') context.emit({ is, subject, position, amount, detail });
  const reply: KeeperAnswer = {
    type: 'KeeperAnswer',
    ticket,
    says: canSay ? 'answered' : challenged ? 'cannot' : 'silent',
    balance: row?.balance ?? null,
    changedAt: row?.changedAt ?? null,
    lines: [],
  };
  context.reply(context.connection, reply);
}

/** One value and the time of its last change: enough for today, and for any time since that change. */
function isAnswerable(question: Question, changedAt: Time): boolean {
  return question.kind === 'today' || (question.kind === 'at' && question.time >= changedAt);
}

function describe(state: AccountRows, look: Look): PartPicture {
  const keys = [...state.rows.keys()].sort((a, b) => (a < b ? -1 : 1)).slice(0, look.rows);
  const rows = keys.map((key): Row => {
    const { balance, changedAt, writes, message } = state.rows.get(key)!;
    return { key, version: writes, fields: { balance }, changedAt, writes, face: look.face(message) };
  });
  const { name, writes } = state;
  const rowCount = state.rows.size;
  return { shapes: [{ shape: 'store', address: name, name, rows, rowCount, wipedAt: null, writes }] };
}
