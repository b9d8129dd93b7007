/**
 * A service that keeps a view of what it reads in a store of its own: one row per key, written again with every
 * message. The row is written in one transaction with nothing else; the driver's offset is not part of it, which is
 * why a crash between the two repeats the write.
 */
import type { Handle, Handled } from '../kernel/delivery';
import type { LatencyTable } from '../kernel/distribution';
import { factType } from '../kernel/fact';
import type { MessageId } from '../kernel/bodies';
import type { Context, KernelCommand } from '../kernel/machine';
import { optionReader, type GivenOptions } from '../kernel/options';
import type { Look, OptionSpec, Part, PartPicture } from '../kernel/part';
import { latencyOption, readLatency } from './latency';
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
import { answer, describeJob, jobOf, takeTime, type Apply, type Job } from './work';

/** A job whose write may be on its way. Immutable. */
interface Errand extends Job {
  /** Ticket of the write; null before it. */
  readonly asked: number | null;
}

export interface Projection {
  readonly latency: LatencyTable;
  readonly onlyNewer: boolean;
  readonly store: RequestClient;
  errands: readonly Errand[];
  applied: number;
  lastApplied: MessageId | null;
}

type Command = Handle | Apply | TransactResponse | AskAgain | AskTimedOut;

const Skipped = factType('skipped', 'NothingToProject');

const options: readonly OptionSpec[] = [
  latencyOption,
  storeOption,
  {
    name: 'check',
    type: 'string',
    default: 'none',
    values: ['none', 'newer'],
    unit: '',
    source: 'newer: the store keeps the row it has when the message is older',
    takes: 'restart',
  },
  ...requestOptions,
];

export const part: Part<Projection, Command, GivenOptions> = {
  options,
  machine: {
    kind: 'projection',
    init,
    apply,
    restart(state) {
      state.errands = [];
      state.store.open = [];
    },
    clone: (state) => ({ ...state, store: { ...state.store } }),
  },
  describe,
};

function init(given: GivenOptions): Projection {
  const read = optionReader(options, given);
  return {
    latency: readLatency(given),
    onlyNewer: read.string('check') === 'newer',
    store: newRequestClient(read.string('store'), given),
    errands: [],
    applied: 0,
    lastApplied: null,
  };
}

function apply(state: Projection, command: Command | KernelCommand, context: Context): void {
  switch (command.type) {
    case 'Handle': {
      const job = takeTime(command, state.latency, context);
      state.errands = [...state.errands, { ...job, asked: null }];
      return;
    }
    case 'Apply': {
      const errand = jobOf(state.errands, command.ticket);
      return errand && project(state, errand, context);
    }
    case 'TransactResponse': {
      if (!answered(state.store, command.ticket, context)) return;
      const errand = state.errands.find(({ asked }) => asked === command.ticket);
      return errand && finish(state, errand, command.conflict !== undefined, context);
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

/** The step "apply": one row per key, in one transaction. */
function project(state: Projection, errand: Errand, context: Context): void {
  const { delivery, once } = errand.handle;
  const { message, position, group } = delivery;
  const { key, version, data } = context.body(message);
  if (key === null) {
    context.emit({ is: Skipped, subject: state.store.to, message, position, group });
    return done(state, errand, context);
  }
  const row: Write = { key, version, fields: data, ...(state.onlyNewer ? { onlyNewer: true } : {}) };
  const note: Write[] = once ? [{ ...once, version: 1, fields: {}, insert: true }] : [];
  const what = { type: 'TransactRequest', writes: [...note, row] } as const;
  const asked = ask<TransactRequest>(state.store, what, delivery, context);
  const writing: Errand = { ...errand, asked, since: context.now, until: null };
  state.errands = state.errands.map((other) => (other === errand ? writing : other));
}

function finish(state: Projection, errand: Errand, conflict: boolean, context: Context): void {
  if (!conflict) {
    state.applied++;
    state.lastApplied = errand.handle.delivery.message;
  }
  done(state, errand, context, conflict ? { duplicate: true } : {});
}

function done(
  state: Projection,
  errand: Errand,
  context: Context,
  how: Pick<Handled, 'duplicate'> = {},
): void {
  state.errands = state.errands.filter((other) => other !== errand);
  answer(errand.handle, context, how);
}

function describe({ errands, applied, lastApplied }: Projection, look: Look): PartPicture {
  const [errand] = errands;
  return {
    process: {
      applied,
      lastApplied: lastApplied === null ? null : look.face(lastApplied),
      ...describeJob(errand, errand && errand.asked !== null ? 'apply' : 'receive', look),
    },
  };
}
