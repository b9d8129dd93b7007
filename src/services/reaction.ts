/**
 * A service with two doors: it can be called, and it reads the event. Whichever comes first, it does its work once for
 * each message and knows the other for a repetition, so that a design may move it from one door to the other.
 * Simplified: it answers calls side by side and events one after the other, and what it has done it remembers for ever.
 */
import type { MessageId } from '../kernel/bodies';
import type { Handle } from '../kernel/delivery';
import type { LatencyTable } from '../kernel/distribution';
import { factType } from '../kernel/fact';
import type { ConnectionId, Context, KernelCommand, Tagged } from '../kernel/machine';
import { optionReader, type GivenOptions } from '../kernel/options';
import type { Look, OptionSpec, Part, PartPicture } from '../kernel/part';
import { microsecondsPerSecond, type Duration, type Time } from '../kernel/time';
import { cargoOf, type HttpRequest, type HttpResponse } from './http-protocol';
import { servingShown } from './http-server';
import { latencyOption, readLatency } from './latency';
import { answer, describeJob, type Apply, type Job } from './work';

/** A call in hand. Immutable. */
interface Visit {
  readonly message: MessageId;
  readonly attempt: number;
  readonly since: Time;
  readonly until: Time;
  readonly stalled: boolean;
  readonly unheard: boolean;
}

interface Setup {
  readonly latency: LatencyTable;
  readonly stallChance: number;
  readonly stall: LatencyTable;
  readonly eventTime: Duration;
}

export interface Reaction {
  options: GivenOptions;
  setup: Setup;
  /** By the connection each came on. */
  visits: Map<ConnectionId, Visit>;
  /** Of the event door, in the order they were handed over. */
  jobs: readonly Job[];
  /** On disk: a crash forgets none of it. */
  done: Set<MessageId>;
  applied: number;
  lastApplied: MessageId | null;
}

/** Named step: the time for this call is over, now it has its effect. */
interface Answer extends Tagged {
  readonly type: 'Answer';
  readonly step: 'apply';
  readonly request: ConnectionId;
}

const Stalled = factType('delayed', 'RequestStalled');
const Called = factType('applied', 'CallHandled');
const CalledAgain = factType('skipped', 'CallRepeated');
const Read = factType('applied', 'MessageHandled');
const ReadAgain = factType('skipped', 'DuplicateSkipped');

const options: readonly OptionSpec[] = [
  { ...latencyOption, default: 140, source: 'time a call takes: milliseconds, or a distribution' },
  number('stallChance', 0, '', 'share of calls that hang (a lock, a collector, a lost packet)', 1),
  number('stallMs', 9000, 'ms', 'how much longer a call takes that hangs: milliseconds, or a distribution'),
  number('perSecond', 15, 'per second', 'events it gets through in a second, one after the other'),
];

function number(
  name: string,
  value: number,
  unit: OptionSpec['unit'],
  source: string,
  max?: number,
): OptionSpec {
  const bounds = { min: 0, ...(max === undefined ? {} : { max }) };
  return { name, type: 'number', default: value, unit, ...bounds, source, takes: 'nothing' };
}

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
  const reader = optionReader(
    options.filter(({ name }) => name !== 'latencyMs' && name !== 'stallMs'),
    given,
  );
  const perSecond = reader.number('perSecond');
  return {
    latency: readLatency(given, 'latencyMs', 140),
    stallChance: reader.number('stallChance'),
    stall: readLatency(given, 'stallMs', 9000),
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
      return called(state, command, context);
    case 'Answer':
      return answerCall(state, command.request, context);
    case 'Handle':
      return take(state, command, context);
    case 'Apply':
      return finish(state, command.ticket, context);
    case 'ConnectionClosed': {
      const visit = state.visits.get(command.connection);
      if (visit) state.visits.set(command.connection, { ...visit, unheard: true });
      return;
    }
    case 'Start':
      return;
  }
}

function called({ setup, visits }: Reaction, { message, attempt }: HttpRequest, context: Context): void {
  // Drawn whatever the chance is, so that another chance changes which calls stall and nothing else.
  const stalled = context.random('stall').unit() < setup.stallChance;
  const hang = stalled ? context.random('stall length').sample(setup.stall) : 0;
  const duration = Math.round((context.random('work').sample(setup.latency) + hang) * context.slowness);
  if (stalled) {
    const amount = Math.round(hang / 1000);
    context.emit({ is: Stalled, subject: context.self, message, amount });
  }
  const { now, connection } = context;
  visits.set(connection, { message, attempt, since: now, until: now + duration, stalled, unheard: false });
  const later: Answer = { type: 'Answer', step: 'apply', request: connection };
  context.after(duration, later);
}

function answerCall(state: Reaction, request: ConnectionId, context: Context): void {
  const visit = state.visits.get(request);
  if (!visit) return;
  state.visits.delete(request);
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
  const job = state.jobs.find(({ handle }) => handle.ticket === ticket);
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
  const all = [...visits.values()];
  const drawn = all.slice(0, servingShown).map(({ message, since, until, stalled, unheard }) => ({
    ...{ face: look.face(message), since, until, stalled, unheard, step: '' },
  }));
  return {
    process: {
      applied,
      lastApplied: lastApplied === null ? null : look.face(lastApplied),
      ...describeJob(jobs[0], 'receive', look),
      ...(all.length > 0
        ? { serving: drawn, inHand: all.length, stalled: all.filter((one) => one.stalled).length }
        : {}),
    },
  };
}
