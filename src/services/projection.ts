/**
 * A service that keeps a view of what it reads in a store of its own: one row per key, written again with every
 * message. The row is written in one transaction with nothing else; the driver's offset is not part of it, which is
 * why a crash between the two repeats the write.
 */
import type { Handle } from '../kernel/delivery';
import type { LatencyTable } from '../kernel/distribution';
import { factType } from '../kernel/fact';
import type { MessageId } from '../kernel/bodies';
import type { Context, KernelCommand, TimerId } from '../kernel/machine';
import { optionReader, type GivenOptions } from '../kernel/options';
import type { Look, OptionSpec, Part, PartPicture } from '../kernel/part';
import { ms, type Duration } from '../kernel/time';
import { latencyOption, readLatency } from './latency';
import type { TransactRequest, TransactResponse } from './store-protocol';
import { answer, describeJob, takeTime, type Apply, type Job } from './work';

/** A job whose write may be on its way. Immutable. */
interface Errand extends Job {
  readonly request: TransactRequest | null;
  /** Attempts to write that came to nothing. */
  readonly failures: number;
  readonly timer: TimerId;
}

export interface Projection {
  readonly latency: LatencyTable;
  readonly store: string;
  readonly onlyNewer: boolean;
  readonly retryAfter: Duration;
  readonly timeout: Duration;
  errands: readonly Errand[];
  lastTicket: number;
  applied: number;
  lastApplied: MessageId | null;
}

/** The projection's own reminders: try the write again; it has waited long enough for an answer. */
interface WriteAgain {
  readonly type: 'WriteAgain';
  readonly ticket: number;
}
interface WriteTimedOut {
  readonly type: 'WriteTimedOut';
  readonly ticket: number;
}
type Command = Handle | Apply | TransactResponse | WriteAgain | WriteTimedOut;

const WriteFailed = factType('failed', 'WriteFailed');
const Skipped = factType('skipped', 'NothingToProject');

const options: readonly OptionSpec[] = [
  latencyOption,
  {
    name: 'store',
    type: 'string',
    default: 'store',
    unit: '',
    source: 'process it writes to',
    takes: 'restart',
  },
  {
    name: 'check',
    type: 'string',
    default: 'none',
    values: ['none', 'newer'],
    unit: '',
    source: 'newer: the store keeps the row it has when the message is older',
    takes: 'restart',
  },
  {
    name: 'retryAfterMs',
    type: 'number',
    default: 200,
    unit: 'ms',
    min: 1,
    source: 'wait before a failed write is tried again',
    takes: 'restart',
  },
  {
    name: 'timeoutMs',
    type: 'number',
    default: 5000,
    unit: 'ms',
    min: 1,
    source: 'wait for the store before the connection is given up and the write tried again',
    takes: 'restart',
  },
];

export const part: Part<Projection, Command, GivenOptions> = {
  options,
  machine: {
    kind: 'projection',
    init,
    apply,
    restart(state) {
      state.errands = [];
    },
    clone: (state) => ({ ...state }),
  },
  describe,
};

function init(given: GivenOptions): Projection {
  const read = optionReader(options, given);
  return {
    latency: readLatency(given),
    store: read.string('store'),
    onlyNewer: read.string('check') === 'newer',
    retryAfter: ms(read.number('retryAfterMs')),
    timeout: ms(read.number('timeoutMs')),
    errands: [],
    lastTicket: 0,
    applied: 0,
    lastApplied: null,
  };
}

function apply(state: Projection, command: Command | KernelCommand, context: Context): void {
  switch (command.type) {
    case 'Handle': {
      const job = takeTime(command, state.latency, context);
      state.errands = [...state.errands, { ...job, request: null, failures: 0, timer: 0 }];
      return;
    }
    case 'Apply': {
      const errand = state.errands.find(({ handle }) => handle.ticket === command.ticket);
      return errand && project(state, errand, context);
    }
    case 'TransactResponse': {
      const errand = errandOf(state, command.ticket);
      return errand && finish(state, errand, context);
    }
    case 'WriteAgain': {
      const errand = errandOf(state, command.ticket);
      return errand && write(state, errand, errand.request!, context);
    }
    case 'WriteTimedOut':
      if (!errandOf(state, command.ticket)) return;
      // what else is on this connection is lost with it
      context.disconnect(state.store);
      return writeAgain(state, 'timed out', context);
    case 'ConnectionClosed':
      return writeAgain(state, 'connection closed', context);
    case 'Start':
      return;
  }
}

/** The step "apply": one row per key, in one transaction. */
function project(state: Projection, errand: Errand, context: Context): void {
  const { message, position, group, cause } = errand.handle.delivery;
  const { key, version, data } = context.body(message);
  if (key === null) {
    context.emit({ is: Skipped, subject: state.store, message, position, group });
    return done(state, errand, context);
  }
  const row = { key, version, fields: data, ...(state.onlyNewer ? { onlyNewer: true } : {}) };
  const ticket = ++state.lastTicket;
  write(
    state,
    errand,
    { type: 'TransactRequest', ticket, writes: [row], message, group, position, cause },
    context,
  );
}

function write(state: Projection, errand: Errand, request: TransactRequest, context: Context): void {
  const late: WriteTimedOut = { type: 'WriteTimedOut', ticket: request.ticket };
  const timer = context.after(state.timeout, late);
  const since = errand.request === null ? context.now : errand.since;
  replace(state, errand, { ...errand, request, timer, since, until: null });
  context.send(state.store, request);
}

/** Every write without an answer is tried again a little later. One that was carried out all the same happens twice. */
function writeAgain(state: Projection, why: string, context: Context): void {
  for (const errand of state.errands) {
    const { request, failures, timer, handle } = errand;
    if (request === null || timer === 0) continue;
    context.cancel(timer);
    if (failures === 0) {
      const { message, position, group, cause } = handle.delivery;
      context.emit({
        is: WriteFailed,
        subject: state.store,
        message,
        position,
        group,
        detail: why,
        cause,
      });
    }
    replace(state, errand, { ...errand, failures: failures + 1, timer: 0 });
    const again: WriteAgain = { type: 'WriteAgain', ticket: request.ticket };
    context.after(state.retryAfter, again);
  }
}

function finish(state: Projection, errand: Errand, context: Context): void {
  if (errand.timer !== 0) context.cancel(errand.timer);
  state.applied++;
  state.lastApplied = errand.handle.delivery.message;
  done(state, errand, context);
}

function done(state: Projection, errand: Errand, context: Context): void {
  state.errands = state.errands.filter((other) => other !== errand);
  answer(errand.handle, context);
}

function errandOf(state: Projection, ticket: number): Errand | undefined {
  return state.errands.find(({ request }) => request?.ticket === ticket);
}

function replace(state: Projection, errand: Errand, by: Errand): void {
  state.errands = state.errands.map((other) => (other === errand ? by : other));
}

function describe({ errands, applied, lastApplied }: Projection, look: Look): PartPicture {
  const [errand] = errands;
  return {
    process: {
      applied,
      lastApplied: lastApplied === null ? null : look.face(lastApplied),
      ...describeJob(errand, errand?.request ? 'apply' : 'receive', look),
    },
  };
}
