/**
 * Takes the money for orders it reads about, and says in an event how it went: taken or declined. Which cards have no
 * cover is in its options, so that a lesson can speak of an order by its number.
 * Simplified: a bank that answers at once, and asks nobody for a second try.
 */
import type { Body, MessageId } from '../kernel/bodies';
import type { Handle, Publish, Published, PublishFailed } from '../kernel/delivery';
import type { LatencyTable } from '../kernel/distribution';
import { factType } from '../kernel/fact';
import type { Context, KernelCommand } from '../kernel/machine';
import { optionReader, type GivenOptions } from '../kernel/options';
import type { Look, OptionSpec, Part, PartPicture } from '../kernel/part';
import { latencyOption, readLatency } from './latency';
import { answer, describeJob, jobOf, refuse, takeTime, type Apply, type Job } from './work';

export interface Payment {
  readonly latency: LatencyTable;
  /** Labels of orders whose card is declined. */
  readonly declines: readonly string[];
  readonly place: string;
  readonly driver: string;
  jobs: readonly Job[];
  applied: number;
  lastApplied: MessageId | null;
}

const Taken = factType('applied', 'PaymentTaken');
const Declined = factType('refused', 'PaymentDeclined');

const text = (name: string, value: string, source: string): OptionSpec => ({
  ...{ name, type: 'string', default: value, unit: '', source, takes: 'restart' },
});

const options: readonly OptionSpec[] = [
  latencyOption,
  text('declines', '', 'orders whose card is declined, by their labels, separated by spaces'),
  text('place', 'payments', 'topic, exchange or queue it publishes to'),
  text('driver', 'kafka.producer', 'part of this process that publishes'),
];

type Command = Handle | Apply | Published | PublishFailed;

export const part: Part<Payment, Command, GivenOptions> = {
  options,
  machine: {
    kind: 'payment',
    init(given) {
      const read = optionReader(options.slice(1), given);
      return {
        ...{ latency: readLatency(given), declines: read.list('declines') },
        ...{ place: read.string('place'), driver: read.string('driver') },
        ...{ jobs: [], applied: 0, lastApplied: null },
      };
    },
    apply,
    restart(state) {
      state.jobs = [];
    },
    clone: (state) => ({ ...state }),
  },
  describe,
};

function apply(state: Payment, command: Command | KernelCommand, context: Context): void {
  switch (command.type) {
    case 'Handle':
      state.jobs = [...state.jobs, takeTime(command, state.latency, context)];
      return;
    case 'Apply':
      return decide(state, command.ticket, context);
    case 'Published':
    case 'PublishFailed':
      return published(state, command, context);
    case 'ConnectionClosed':
    case 'Start':
      return;
  }
}

/** The bank has spoken: what it said is a fact here and an event for everybody else. */
function decide(state: Payment, ticket: number, context: Context): void {
  const job = jobOf(state.jobs, ticket);
  if (!job) return;
  const { message, position, group } = job.handle.delivery;
  const order = context.body(message);
  const declined = state.declines.includes(order.label);
  state.applied++;
  state.lastApplied = message;
  const about = { subject: context.self, message, position, group };
  context.emit({ is: declined ? Declined : Taken, ...about });
  tell(state, ticket, { ...order, type: declined ? 'PaymentDeclined' : 'PaymentTaken' }, context);
}

function tell({ place, driver }: Payment, ticket: number, order: Body, context: Context): void {
  const { type, label, correlation, version } = order;
  const event = context.compose({
    ...{ domain: 'payment', type, label: label.replace(/^[A-Z]+/, 'PA'), key: label },
    ...{ version: version + 1, correlation, data: { order: label } },
  });
  const publish: Publish = { type: 'Publish', ticket, replyTo: context.part, place, messages: [event] };
  context.tell(driver, publish);
}

function published(state: Payment, command: Published | PublishFailed, context: Context): void {
  const job = jobOf(state.jobs, command.ticket);
  if (!job) return;
  state.jobs = state.jobs.filter((other) => other !== job);
  if (command.type === 'Published') answer(job.handle, context);
  else refuse(job.handle, `Error: ${command.error}`, context);
}

function describe({ jobs, applied, lastApplied }: Payment, look: Look): PartPicture {
  return {
    process: {
      applied,
      lastApplied: lastApplied === null ? null : look.face(lastApplied),
      ...describeJob(jobs[0], 'receive', look),
    },
  };
}
