/**
 * Brings orders to their end when it reads how a payment went: a pending order is confirmed, or cancelled. It changes
 * the order's row in one transaction and lets go of the event when that is done.
 */
import type { MessageId } from '../kernel/bodies';
import type { Handle } from '../kernel/delivery';
import type { LatencyTable } from '../kernel/distribution';
import { factType } from '../kernel/fact';
import type { Context, KernelCommand } from '../kernel/machine';
import { optionReader, type GivenOptions } from '../kernel/options';
import type { Look, OptionSpec, Part, PartPicture } from '../kernel/part';
import { latencyOption, readLatency } from './latency';
import type { TransactRequest, TransactResponse } from './store-protocol';
import { answer, describeJob, jobOf, refuse, takeTime, type Apply, type Job } from './work';

export interface OrderDesk {
  readonly latency: LatencyTable;
  readonly store: string;
  jobs: readonly Job[];
  applied: number;
  lastApplied: MessageId | null;
}

const Confirmed = factType('applied', 'OrderConfirmed');
const Cancelled = factType('compensated', 'OrderCancelled');

const options: readonly OptionSpec[] = [
  latencyOption,
  {
    name: 'store',
    type: 'string',
    default: 'store',
    unit: '',
    source: 'process that keeps the orders',
    takes: 'restart',
  },
];

type Command = Handle | Apply | TransactResponse;

export const part: Part<OrderDesk, Command, GivenOptions> = {
  options,
  machine: {
    kind: 'order-desk',
    init: (given) => ({
      latency: readLatency(given),
      store: optionReader(options.slice(1), given).string('store'),
      ...{ jobs: [], applied: 0, lastApplied: null },
    }),
    apply,
    restart(state) {
      state.jobs = [];
    },
    clone: (state) => ({ ...state }),
  },
  describe,
};

function apply(state: OrderDesk, command: Command | KernelCommand, context: Context): void {
  switch (command.type) {
    case 'Handle':
      state.jobs = [...state.jobs, takeTime(command, state.latency, context)];
      return;
    case 'Apply':
      return write(state, command.ticket, context);
    case 'TransactResponse':
      return written(state, command, context);
    case 'ConnectionClosed':
      return refuseAll(state, context);
    case 'Start':
      return;
  }
}

function write(state: OrderDesk, ticket: number, context: Context): void {
  const job = jobOf(state.jobs, ticket);
  if (!job) return;
  const { message, position, group } = job.handle.delivery;
  const { data, version } = context.body(message);
  const fields = { state: isTaken(message, context) ? 'CONFIRMED' : 'CANCELLED' };
  const request: TransactRequest = {
    ...{ type: 'TransactRequest', ticket, message, position, group, cause: context.cause },
    writes: [{ key: String(data['order']), version, fields }],
  };
  context.send(state.store, request);
}

function written(state: OrderDesk, { ticket, fact }: TransactResponse, context: Context): void {
  const job = jobOf(state.jobs, ticket);
  if (!job) return;
  state.jobs = state.jobs.filter((other) => other !== job);
  const { message, position, group } = job.handle.delivery;
  const is = isTaken(message, context) ? Confirmed : Cancelled;
  context.emit({ is, subject: state.store, message, position, group, cause: fact });
  state.applied++;
  state.lastApplied = message;
  answer(job.handle, context);
}

/** The store is gone: its driver is told, and hands the event over again. */
function refuseAll(state: OrderDesk, context: Context): void {
  const { jobs } = state;
  state.jobs = [];
  for (const { handle } of jobs) refuse(handle, 'Error: the order table is not there', context);
}

function isTaken(message: MessageId, context: Context): boolean {
  return context.body(message).type === 'PaymentTaken';
}

function describe({ jobs, applied, lastApplied }: OrderDesk, look: Look): PartPicture {
  return {
    process: {
      applied,
      lastApplied: lastApplied === null ? null : look.face(lastApplied),
      ...describeJob(jobs[0], 'receive', look),
    },
  };
}
