/**
 * A service with two doors: it can be called, and it reads the event. Whichever comes first, it does its work once for
 * each message and knows the other for a repetition, so that a design may move it from one door to the other.
 * Simplified: it answers calls side by side and events one after the other, and what it has done it remembers for ever.
 */
import type { MessageId } from '../kernel/bodies';
import type { Handle } from '../kernel/delivery';
import { factType } from '../kernel/fact';
import type { ConnectionId, Context, KernelCommand } from '../kernel/machine';
import { optionReader, type GivenOptions } from '../kernel/options';
import type { Look, OptionSpec, Part, PartPicture } from '../kernel/part';
import { microsecondsPerSecond, type Duration } from '../kernel/time';
import {
  doorOptions,
  goUnheard,
  readDoor,
  receive,
  servingOf,
  takeOut,
  type Answer,
  type DoorSetup,
  type Visits,
} from './http-door';
import { cargoOf, type HttpRequest, type HttpResponse } from './http-protocol';
import { answer, describeJob, jobOf, type Apply, type Job } from './work';

interface Setup extends DoorSetup {
  readonly eventTime: Duration;
}

export interface Reaction {
  options: GivenOptions;
  setup: Setup;
  /** By the connection each came on. */
  visits: Visits;
  /** Of the event door, in the order they were handed over. */
  jobs: readonly Job[];
  /** On disk: a crash forgets none of it. */
  done: Set<MessageId>;
  applied: number;
  lastApplied: MessageId | null;
}

const Called = factType('applied', 'CallHandled');
const CalledAgain = factType('skipped', 'CallRepeated');
const Read = factType('applied', 'MessageHandled');
const ReadAgain = factType('skipped', 'DuplicateSkipped');

const options: readonly OptionSpec[] = [
  ...doorOptions,
  {
    name: 'perSecond',
    type: 'number',
    default: 15,
    unit: 'per second',
    min: 0,
    source: 'events it gets through in a second, one after the other',
    takes: 'nothing',
  },
];

export const part: Part<Reaction, HttpRequest | Handle | Answer | Apply, GivenOptions> = {
  options,
  machine: {
    kind: 'reaction',
    init: (given) => ({
      ...{ options: given, setup: read(given), visits: new Map(), jobs: [] },
      ...{ done: new Set(), applied: 0, lastApplied: null },
    }),
    apply,
    configure(state, changed) {
      state.options = { ...state.options, ...changed };
      state.setup = read(state.options);
    },
    restart(state) {
      state.visits = new Map();
      state.jobs = [];
    },
    clone: (state) => ({ ...state, visits: new Map(state.visits), done: new Set(state.done) }),
  },
  describe,
  cargo: cargoOf,
};

function read(given: GivenOptions): Setup {
  const reader = optionReader(options, given);
  const perSecond = reader.number('perSecond');
  return {
    ...readDoor(given, reader),
    eventTime: perSecond === 0 ? 0 : Math.round(microsecondsPerSecond / perSecond),
  };
}

function apply(
  state: Reaction,
  command: HttpRequest | Handle | Answer | Apply | KernelCommand,
  context: Context,
): void {
  switch (command.type) {
    case 'HttpRequest':
      return receive(state.visits, state.setup, command, context);
    case 'Answer':
      return answerCall(state, command.request, context);
    case 'Handle':
      return take(state, command, context);
    case 'Apply':
      return finish(state, command.ticket, context);
    case 'ConnectionClosed':
      return goUnheard(state.visits, command.connection);
    case 'Start':
      return;
  }
}

function answerCall(state: Reaction, request: ConnectionId, context: Context): void {
  const visit = takeOut(state.visits, request);
  if (!visit) return;
  const { message, attempt } = visit;
  const about = { subject: context.self, message, amount: attempt };
  context.emit({ is: isNews(state, message) ? Called : CalledAgain, ...about });
  const response: HttpResponse = { type: 'HttpResponse', message, status: 200, reason: '' };
  context.reply(request, response);
}

/** The event: it takes its time, unless the work has been done when the order called. */
function take(state: Reaction, handle: Handle, context: Context): void {
  const known = state.done.has(handle.delivery.message);
  const duration = known ? 0 : Math.round(state.setup.eventTime * context.slowness);
  const { now } = context;
  const job: Job = { handle, since: now, until: now + duration };
  state.jobs = state.jobs.length === 0 ? [job] : [...state.jobs, job];
  const later: Apply = { type: 'Apply', step: 'apply', ticket: handle.ticket };
  if (duration === 0) context.tell(context.part, later);
  else context.after(duration, later);
}

function finish(state: Reaction, ticket: number, context: Context): void {
  const job = jobOf(state.jobs, ticket);
  if (!job) return;
  state.jobs = state.jobs.length === 1 ? [] : state.jobs.filter((other) => other !== job);
  const { message, position, group } = job.handle.delivery;
  const about = { subject: context.self, message, position, group };
  context.emit({ is: isNews(state, message) ? Read : ReadAgain, ...about });
  answer(job.handle, context);
}

/** Notes the message as done; false when it was. */
function isNews(state: Reaction, message: MessageId): boolean {
  if (state.done.has(message)) return false;
  state.done.add(message);
  state.applied++;
  state.lastApplied = message;
  return true;
}

function describe({ visits, jobs, applied, lastApplied }: Reaction, look: Look): PartPicture {
  return {
    process: {
      applied,
      lastApplied: lastApplied === null ? null : look.face(lastApplied),
      ...describeJob(jobs[0], 'receive', look),
      ...(visits.size > 0 ? servingOf(visits, look) : {}),
    },
  };
}
