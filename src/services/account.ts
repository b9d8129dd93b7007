/**
 * Keeps accounts: adds every entry it is given (data.amount, by the key of the message) to a balance in its store. The
 * sum is made there, in one transaction, so no two entries overwrite each other; whether an entry is added only once is
 * another matter. A withdrawal that would take the balance below zero is refused.
 * With `mail` it first writes to the customer: a call to somebody else's system, outside every transaction of its own.
 */
import type { Handle, Handled } from '../kernel/delivery';
import type { LatencyTable } from '../kernel/distribution';
import { factType } from '../kernel/fact';
import type { MessageId } from '../kernel/bodies';
import type { Context, KernelCommand } from '../kernel/machine';
import { optionReader, type GivenOptions } from '../kernel/options';
import type { Look, OptionSpec, Part, PartPicture } from '../kernel/part';
import { latencyOption, readLatency } from './latency';
import type { MailSent, SendMail } from './mail-protocol';
import {
  answered,
  ask,
  askAgain,
  askTimedOut,
  connectionLost,
  newRequestClient,
  requestOptions,
  storeOption,
  type AskAgain,
  type AskTimedOut,
  type RequestClient,
} from './request-client';
import type { TransactRequest, TransactResponse, Write } from './store-protocol';
import { answer, describeJob, jobOf, sampled, takeTime, type Apply, type Job } from './work';

/** An entry in hand, and the request it waits for. Immutable. */
interface Entry extends Job {
  readonly step: 'receive' | 'mail' | 'apply';
  readonly asked: number;
}

export interface Account {
  readonly latency: LatencyTable;
  readonly overdraft: boolean;
  readonly store: RequestClient;
  /** null: nobody writes to the customer. */
  readonly mail: RequestClient | null;
  entries: readonly Entry[];
  applied: number;
  lastApplied: MessageId | null;
}

/** Named step: the mail goes out. */
interface Tell {
  readonly type: 'Tell';
  readonly step: 'mail';
  readonly ticket: number;
}
type Command = Handle | Tell | Apply | MailSent | TransactResponse | AskAgain | AskTimedOut;

const NotBooked = factType('skipped', 'NothingToBook');

const options: readonly OptionSpec[] = [
  latencyOption,
  storeOption,
  ...requestOptions,
  {
    name: 'overdraft',
    type: 'boolean',
    default: false,
    unit: '',
    source: 'whether a withdrawal may take the balance below zero; else it is refused',
    takes: 'restart',
  },
  {
    name: 'mail',
    type: 'string',
    default: '',
    unit: '',
    source: 'process that sends the customer a mail about every entry; empty: none does',
    takes: 'restart',
  },
];

export const part: Part<Account, Command, GivenOptions> = {
  options,
  machine: {
    kind: 'account',
    init(given) {
      const read = optionReader(options, given);
      const mail = read.string('mail');
      return {
        latency: readLatency(given),
        overdraft: read.boolean('overdraft'),
        store: newRequestClient(read.string('store'), given),
        mail: mail === '' ? null : newRequestClient(mail, given),
        entries: [],
        applied: 0,
        lastApplied: null,
      };
    },
    apply,
    restart(state) {
      state.entries = [];
      for (const client of clientsOf(state)) client.open = [];
    },
    clone: (state) => ({ ...state, store: { ...state.store }, mail: state.mail && { ...state.mail } }),
  },
  describe,
};

function apply(state: Account, command: Command | KernelCommand, context: Context): void {
  switch (command.type) {
    case 'Handle':
      state.entries = [...state.entries, begin(state, command, context)];
      return;
    case 'Tell': {
      const entry = jobOf(state.entries, command.ticket);
      return entry && tellCustomer(state, entry, context);
    }
    case 'Apply': {
      const entry = jobOf(state.entries, command.ticket);
      return entry && book(state, entry, context);
    }
    case 'MailSent': {
      const entry = waiting(state, 'mail', command.ticket, context);
      if (!entry) return;
      const next: Apply = { type: 'Apply', step: 'apply', ticket: entry.handle.ticket };
      return context.tell(context.part, next);
    }
    case 'TransactResponse': {
      const entry = waiting(state, 'apply', command.ticket, context);
      return entry && finish(state, entry, command.conflict !== undefined, context);
    }
    case 'AskAgain':
      return askAgain(clientOf(state, command.to), command.ticket, context);
    case 'AskTimedOut':
      return askTimedOut(clientOf(state, command.to), command.ticket, context);
    case 'ConnectionClosed': {
      const [process] = command.peer.split('/');
      return connectionLost(clientOf(state, process), 'connection closed', context);
    }
    case 'Start':
      return;
  }
}

function begin({ latency, mail }: Account, handle: Handle, context: Context): Entry {
  if (!mail) return { ...takeTime(handle, latency, context), step: 'receive', asked: 0 };
  const duration = sampled(latency, context);
  const tell: Tell = { type: 'Tell', step: 'mail', ticket: handle.ticket };
  context.after(duration, tell);
  return { handle, since: context.now, until: context.now + duration, step: 'receive', asked: 0 };
}

/** The step "mail". */
function tellCustomer(state: Account, entry: Entry, context: Context): void {
  const asked = ask<SendMail>(state.mail!, { type: 'SendMail' }, entry.handle.delivery, context);
  replace(state, entry, { ...entry, step: 'mail', asked, since: context.now, until: null });
}

/** The step "apply": the sum, and the row that says it is done, in one transaction. */
function book(state: Account, entry: Entry, context: Context): void {
  const { delivery, once } = entry.handle;
  const { message, position, group } = delivery;
  const { key, data } = context.body(message);
  const amount = data['amount'];
  if (key === null || typeof amount !== 'number') {
    context.emit({ is: NotBooked, subject: state.store.to, message, position, group });
    return done(state, entry, {}, context);
  }
  const min = state.overdraft ? {} : { min: 0 };
  const sum: Write = { key, version: 0, fields: {}, add: { field: 'balance', amount, ...min } };
  const note: Write[] = once ? [{ ...once, version: 1, fields: {}, insert: true }] : [];
  const what = { type: 'TransactRequest', writes: [...note, sum] } as const;
  const asked = ask<TransactRequest>(state.store, what, delivery, context);
  replace(state, entry, { ...entry, step: 'apply', asked, since: context.now, until: null });
}

function finish(state: Account, entry: Entry, conflict: boolean, context: Context): void {
  if (!conflict) {
    state.applied++;
    state.lastApplied = entry.handle.delivery.message;
  }
  done(state, entry, conflict ? { duplicate: true } : {}, context);
}

function done(state: Account, entry: Entry, how: Pick<Handled, 'duplicate'>, context: Context): void {
  state.entries = state.entries.filter((other) => other !== entry);
  answer(entry.handle, context, how);
}

/** The entry whose request has just been answered. */
function waiting(
  state: Account,
  step: 'mail' | 'apply',
  ticket: number,
  context: Context,
): Entry | undefined {
  const client = step === 'mail' ? state.mail : state.store;
  if (!client || !answered(client, ticket, context)) return undefined;
  return state.entries.find((entry) => entry.step === step && entry.asked === ticket);
}

function clientsOf({ store, mail }: Account): readonly RequestClient[] {
  return mail ? [store, mail] : [store];
}

function clientOf(state: Account, process: string): RequestClient {
  return clientsOf(state).find(({ to }) => to === process) ?? state.store;
}

function replace(state: Account, entry: Entry, by: Entry): void {
  state.entries = state.entries.map((other) => (other === entry ? by : other));
}

function describe({ entries, applied, lastApplied, mail }: Account, look: Look): PartPicture {
  const [entry] = entries;
  return {
    process: {
      applied,
      lastApplied: lastApplied === null ? null : look.face(lastApplied),
      ...describeJob(entry, entry?.step ?? 'receive', look),
    },
    ...(mail ? { addsStep: { name: 'mail', before: 'apply' } } : {}),
  };
}
