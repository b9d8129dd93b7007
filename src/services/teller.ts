/**
 * A bank's teller: writes slips and sends each to everyone who keeps the account, and a counterfoil to the auditor. What
 * happens to a slip on its way (lost, handed in twice, held up) is the scenario's doing; the teller never hears of it.
 */
import type { MessageId } from '../kernel/bodies';
import { factType } from '../kernel/fact';
import type { Context, KernelCommand, TimerId } from '../kernel/machine';
import type { GivenOptions } from '../kernel/options';
import type { Look, Part, PartPicture } from '../kernel/part';
import { ms } from '../kernel/time';
import { noteMishap } from './account-book';
import type { Counterfoil, PostSlip } from './account-protocol';
import { drawCases, readTeller, tellerOptions, type Slip, type TellerSetup } from './teller-slips';

export interface Teller {
  readonly setup: TellerSetup;
  /** Still to be written, by time. Kept on paper, so through a crash. */
  pending: readonly Slip[];
  timer: TimerId;
  /** Slips so far, by account: the number of a slip. */
  written: Map<string, number>;
  last: MessageId | null;
}

interface WriteNext {
  readonly type: 'WriteNext';
}
/** A slip on its way, held up. */
interface HandIn {
  readonly type: 'HandIn';
  readonly account: string;
  readonly message: MessageId;
}
/** By hand: a slip for this account, now. */
export interface WriteSlip {
  readonly type: 'WriteSlip';
  readonly account: string;
  readonly amount: number;
}
/** Two accounts go wrong, each in its own way: chance says which. */
export interface OpenCases {
  readonly type: 'OpenCases';
  readonly accounts: string;
}
type Command = WriteNext | HandIn | WriteSlip | OpenCases;

const Written = factType('published', 'SlipWritten');
const Lost = factType('lost', 'SlipLost');
const Copied = factType('duplicated', 'SlipCopied');

const writeNext: WriteNext = { type: 'WriteNext' };
/** A copy is handed in this long after the first. */
const copyAfter = ms(500);

export const part: Part<Teller, Command, GivenOptions> = {
  options: tellerOptions,
  machine: {
    kind: 'teller',
    init(given) {
      const setup = readTeller(given);
      return { setup, pending: setup.slips, timer: 0, written: new Map(), last: null };
    },
    apply,
    restart(state) {
      state.timer = 0;
    },
    clone: (state) => ({ ...state, written: new Map(state.written) }),
  },
  describe,
};

function apply(state: Teller, command: Command | KernelCommand, context: Context): void {
  switch (command.type) {
    case 'Start':
      return schedule(state, context);
    case 'WriteNext': {
      state.timer = 0;
      const [slip, ...rest] = state.pending;
      state.pending = rest;
      // Before anything is written: one slip is not the cause of the next.
      schedule(state, context);
      return write(state, slip, context);
    }
    case 'HandIn':
      return handIn(state, command.account, command.message, context);
    case 'WriteSlip': {
      const { account, amount } = command;
      if (Number.isInteger(amount) && amount !== 0)
        write(state, { account, amount, at: context.now, fate: 'arrives', heldFor: 0 }, context);
      return;
    }
    case 'OpenCases': {
      const accounts = command.accounts.split(' ').filter(Boolean);
      const drawn = drawCases(accounts, context.now, context.random('mishap'));
      state.pending = [...state.pending, ...drawn].sort((a, b) => a.at - b.at);
      return schedule(state, context);
    }
    case 'ConnectionClosed':
      return;
  }
}

function schedule(state: Teller, context: Context): void {
  if (state.timer !== 0) context.cancel(state.timer);
  const [next] = state.pending;
  state.timer = next ? context.after(Math.max(0, next.at - context.now), writeNext) : 0;
}

function write(state: Teller, slip: Slip, context: Context): void {
  const { account, amount, fate, heldFor } = slip;
  const message = compose(state, slip, context);
  const subject = context.self;
  state.last = message;
  context.emit({ is: Written, subject, message, amount, detail: account });
  const { auditor } = state.setup;
  const counterfoil: Counterfoil = { type: 'Counterfoil', account, message };
  if (auditor !== '') context.send(auditor, counterfoil);
  if (fate === 'lost') {
    noteMishap(
      'lost',
      message,
      context.emit({ is: Lost, subject, message, amount, detail: account }),
      context,
    );
    return;
  }
  const later: HandIn = { type: 'HandIn', account, message };
  if (heldFor > 0) context.after(heldFor, later);
  else handIn(state, account, message, context);
  if (fate === 'twice') {
    context.emit({ is: Copied, subject, message, amount, detail: account });
    context.after(heldFor + copyAfter, later);
  }
}

function handIn({ setup }: Teller, account: string, message: MessageId, context: Context): void {
  const slip: PostSlip = { type: 'PostSlip', account, message };
  for (const keeper of setup.keepers) context.send(keeper, slip);
}

function compose(state: Teller, { account, amount }: Slip, context: Context): MessageId {
  const version = (state.written.get(account) ?? 0) + 1;
  state.written.set(account, version);
  return context.compose({
    domain: 'ledger',
    type: amount > 0 ? 'MoneyDeposited' : 'MoneyWithdrawn',
    label: `LG${amount > 0 ? '+' : '−'}${Math.abs(amount)}`,
    key: account,
    version,
    correlation: (0x10000 + (context.random('correlation').bits() & 0xffff)).toString(16).slice(1),
    data: { amount },
  });
}

function describe({ last }: Teller, look: Look): PartPicture {
  return { process: { steps: ['send'], current: last === null ? null : look.face(last) } };
}
