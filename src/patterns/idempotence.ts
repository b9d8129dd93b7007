/**
 * An idempotent consumer: it stands between a driver and a service and remembers the ids of the events it has let
 * through, in a table of the service's store. What that is worth depends on when the id is written: before the effect,
 * after it, or together with it. Only the last is one transaction, which no crash can tear apart.
 */
import type { Delivery, Handle, Handled, HandlingFailed } from '../kernel/delivery';
import { factType } from '../kernel/fact';
import type { Context, KernelCommand } from '../kernel/machine';
import { optionReader, type GivenOptions } from '../kernel/options';
import type { Look, OptionSpec, Part, PartPicture } from '../kernel/part';
import type { Time } from '../kernel/time';
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
} from '../services/request-client';
import type {
  ReadRequest,
  ReadResponse,
  TransactRequest,
  TransactResponse,
} from '../services/store-protocol';

const modes = ['off', 'first', 'last', 'together'] as const;
type Mode = (typeof modes)[number];

/** One delivery on its way through. Immutable. */
interface Passage {
  readonly handle: Handle;
  /** As the options were when it came. */
  readonly mode: Mode;
  readonly ticket: number;
  readonly stage: 'looking' | 'noting' | 'handling';
  /** Ticket of what was asked of the store. */
  readonly asked: number;
  readonly since: Time;
}

export interface Idempotence {
  mode: Mode;
  readonly handler: string;
  readonly table: string;
  readonly store: RequestClient;
  passages: readonly Passage[];
  lastTicket: number;
}

/** Named step: the id is written down, in a transaction of its own. */
interface NoteId {
  readonly type: 'NoteId';
  readonly step: 'note';
  readonly ticket: number;
}
type FromStore = TransactResponse | ReadResponse | AskAgain | AskTimedOut;
type Command = Handle | Handled | HandlingFailed | NoteId | FromStore;

const Skipped = factType('skipped', 'DuplicateSkipped');

const options: readonly OptionSpec[] = [
  {
    name: 'ids',
    type: 'string',
    default: 'off',
    values: modes,
    unit: '',
    source:
      'when the id of an event is written: before its effect, after it, or together with it in one transaction',
    takes: 'next delivery',
  },
  word('handler', 'account', 'part of this process it lets events through to'),
  word('table', 'ids', 'table for the ids, in the same store'),
  storeOption,
  ...requestOptions,
];

export const part: Part<Idempotence, Command, GivenOptions> = {
  options,
  machine: {
    kind: 'idempotence',
    init(given) {
      const read = optionReader(options, given);
      return {
        mode: read.string('ids') as Mode,
        handler: read.string('handler'),
        table: read.string('table'),
        store: newRequestClient(read.string('store'), given),
        passages: [],
        lastTicket: 0,
      };
    },
    apply,
    configure(state, changed) {
      if ('ids' in changed) state.mode = optionReader(options, changed).string('ids') as Mode;
    },
    // what it was about to do is forgotten; what was written down is in the store
    restart(state) {
      state.passages = [];
      state.store.open = [];
    },
    clone: (state) => ({ ...state, store: { ...state.store } }),
  },
  describe,
};

function apply(state: Idempotence, command: Command | KernelCommand, context: Context): void {
  switch (command.type) {
    case 'Handle':
      return receive(state, command, context);
    case 'Handled': {
      const passage = state.passages.find(({ ticket }) => ticket === command.ticket);
      return passage && handled(state, passage, command.duplicate === true, context);
    }
    case 'HandlingFailed': {
      const passage = state.passages.find(({ ticket }) => ticket === command.ticket);
      return passage && pass(state, passage, { ...command, ticket: passage.handle.ticket }, context);
    }
    case 'NoteId': {
      const passage = state.passages.find(({ ticket }) => ticket === command.ticket);
      return passage && note(state, passage, context);
    }
    case 'ReadResponse': {
      const passage = waiting(state, command.ticket, context);
      return passage && seen(state, passage, command.rows.length > 0, context);
    }
    case 'TransactResponse': {
      const passage = waiting(state, command.ticket, context);
      return passage && noted(state, passage, command.conflict !== undefined, context);
    }
    case 'AskAgain':
      return askAgain(state.store, command.ticket, context);
    case 'AskTimedOut':
      return askTimedOut(state.store, command.ticket, context);
    case 'ConnectionClosed':
      return connectionLost(state.store, 'connection closed', context);
    case 'Start':
      return;
  }
}

/** An event comes in: what is done first depends on when ids are written. */
function receive(state: Idempotence, handle: Handle, context: Context): void {
  const { mode } = state;
  const ticket = ++state.lastTicket;
  const passage: Passage = { handle, mode, ticket, stage: 'handling', asked: 0, since: context.now };
  state.passages = [...state.passages, passage];
  if (mode === 'first') return tellToNote(passage, context);
  if (mode === 'last') return look(state, passage, context);
  letThrough(state, passage, context);
}

/** Has it been let through before? */
function look(state: Idempotence, passage: Passage, context: Context): void {
  const { delivery } = passage.handle;
  const what = { type: 'ReadRequest', table: state.table, key: idOf(delivery.message) } as const;
  const asked = ask<ReadRequest>(state.store, what, delivery, context);
  replace(state, passage, { ...passage, stage: 'looking', asked });
}

function seen(state: Idempotence, passage: Passage, isThere: boolean, context: Context): void {
  if (isThere) skip(state, passage, context);
  else letThrough(state, passage, context);
}

function letThrough(state: Idempotence, passage: Passage, context: Context): void {
  const { handle, mode, ticket } = passage;
  const { delivery } = handle;
  replace(state, passage, { ...passage, stage: 'handling' });
  const once = mode === 'together' ? { once: { table: state.table, key: idOf(delivery.message) } } : {};
  const onward: Handle = { type: 'Handle', ticket, replyTo: context.part, delivery, ...once };
  context.tell(state.handler, onward);
}

function handled(state: Idempotence, passage: Passage, duplicate: boolean, context: Context): void {
  if (duplicate) return skip(state, passage, context);
  if (passage.mode === 'last') return tellToNote(passage, context);
  answer(state, passage, context);
}

function tellToNote({ ticket }: Passage, context: Context): void {
  const step: NoteId = { type: 'NoteId', step: 'note', ticket };
  context.tell(context.part, step);
}

/** The step "note": a transaction of its own. */
function note(state: Idempotence, passage: Passage, context: Context): void {
  const { delivery } = passage.handle;
  const row = { table: state.table, key: idOf(delivery.message), version: 1, fields: {}, insert: true };
  const what = { type: 'TransactRequest', writes: [row] } as const;
  const asked = ask<TransactRequest>(state.store, what, delivery, context);
  replace(state, passage, { ...passage, stage: 'noting', asked, since: context.now });
}

/** `wasThere`: somebody had written it before, or this is the answer to a request that was sent twice. */
function noted(state: Idempotence, passage: Passage, wasThere: boolean, context: Context): void {
  if (passage.mode === 'last') return answer(state, passage, context);
  if (wasThere) return skip(state, passage, context);
  letThrough(state, passage, context);
}

function skip(state: Idempotence, passage: Passage, context: Context): void {
  const { message, position, group, cause } = passage.handle.delivery;
  context.emit({ is: Skipped, subject: state.store.to, message, position, group, cause });
  answer(state, passage, context);
}

function answer(state: Idempotence, passage: Passage, context: Context): void {
  pass(state, passage, { type: 'Handled', ticket: passage.handle.ticket }, context);
}

/** Back to the driver. */
function pass(state: Idempotence, passage: Passage, said: Handled | HandlingFailed, context: Context): void {
  state.passages = state.passages.filter((other) => other !== passage);
  context.tell(passage.handle.replyTo, said);
}

/** The passage whose question the store has just answered. */
function waiting(state: Idempotence, ticket: number, context: Context): Passage | undefined {
  if (!answered(state.store, ticket, context)) return undefined;
  return state.passages.find(({ asked, stage }) => asked === ticket && stage !== 'handling');
}

function replace(state: Idempotence, passage: Passage, by: Passage): void {
  state.passages = state.passages.map((other) => (other === passage ? by : other));
}

/** The event's id: the same for every copy of it, whoever sent it again. */
function idOf(message: Delivery['message']): string {
  return `e${message}`;
}

function describe({ mode, passages }: Idempotence, look: Look): PartPicture {
  const passage = passages.find(({ stage }) => stage !== 'handling');
  const process = passage && {
    current: look.face(passage.handle.delivery.message),
    step: { name: passage.stage === 'noting' ? 'note' : 'receive', since: passage.since, until: null },
  };
  return {
    ...(process ? { process } : {}),
    ...(mode === 'first' ? { addsStep: { name: 'note', before: 'apply' } } : {}),
    ...(mode === 'last' ? { addsStep: { name: 'note', after: 'apply' } } : {}),
  };
}

function word(name: string, value: string, source: string): OptionSpec {
  return { name, type: 'string', default: value, unit: '', source, takes: 'restart' };
}
