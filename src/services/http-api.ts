/**
 * An API that does a few steps for each request and then answers: checks it, persists it, publishes an event, calls
 * other services, one after the other or all at once. Its first answer to trouble is to try again, as often as it is
 * told to; its second is to fail the request. What comes after the step "respond" happens behind the caller's back.
 * Simplified: any number of requests at once, and no compensation for what was done before something failed.
 */
import type { MessageId } from '../kernel/bodies';
import type { Publish, Published, PublishFailed } from '../kernel/delivery';
import { factType, type FactId } from '../kernel/fact';
import type { ConnectionClosed, ConnectionId, Context, KernelCommand, Tagged } from '../kernel/machine';
import type { GivenOptions } from '../kernel/options';
import type { Look, Part, PartPicture } from '../kernel/part';
import type { Time } from '../kernel/time';
import { apiOptions, readApi, type ApiSetup, type StepName } from './http-api-options';
import {
  ask,
  cloneCaller,
  describeCalls,
  newCaller,
  outcomeOf,
  settled,
  type Caller,
  type CallTimedOut,
  type DuplicateNext,
  type Outcome,
} from './http-caller';
import { cargoOf, type HttpRequest, type HttpResponse, type Status } from './http-protocol';
import { servingShown } from './http-door';
import { isMalformed } from './malformed';
import { outboxWaiting, type TransactRequest, type TransactResponse } from './store-protocol';

/** One request in hand. Immutable. */
interface Job {
  readonly message: MessageId;
  /** Connection of whoever asked; 0 once it has its answer. */
  readonly caller: ConnectionId;
  readonly unheard: boolean;
  readonly since: Time;
  /** The design it was begun with: an edit changes no request that is under way. */
  readonly setup: ApiSetup;
  readonly step: number;
  /** When the step's own work is over; null while it waits for others. */
  readonly until: Time | null;
  /** In the step "calls": how many have been begun and how many have answered. */
  readonly begun: number;
  readonly answered: number;
}

export interface HttpApi extends Caller {
  options: GivenOptions;
  setup: ApiSetup;
  jobs: Map<number, Job>;
  lastTicket: number;
  applied: number;
  lastApplied: MessageId | null;
}

/** Named step: now it takes effect. */
interface Do extends Tagged {
  readonly type: 'Do';
  readonly step: StepName;
  readonly ticket: number;
}
interface CallAgain extends Tagged {
  readonly type: 'CallAgain';
  readonly ticket: number;
  readonly to: string;
  readonly attempt: number;
}
type Answers = HttpResponse | TransactResponse | Published | PublishFailed;
type Command = HttpRequest | Answers | Do | CallAgain | CallTimedOut | DuplicateNext;

const Called = factType('requested', 'CallSent');
const Answered = factType('responded', 'CallAnswered');
const Failed = factType('failed', 'CallFailed');
const Persisted = factType('persisted', 'OrderPersisted');
const Unreadable = factType('decodeFailed', 'RequestUnreadable');

export const part: Part<HttpApi, Command, GivenOptions> = {
  options: apiOptions,
  machine: {
    kind: 'http-api',
    init: (given) => ({
      ...newCaller(),
      ...{ options: given, setup: readApi(given), jobs: new Map(), lastTicket: 0 },
      ...{ applied: 0, lastApplied: null },
    }),
    apply,
    configure(state, changed) {
      state.options = { ...state.options, ...changed };
      state.setup = readApi(state.options);
    },
    restart(state) {
      state.jobs = new Map();
      state.calls = new Map();
    },
    clone: (state) => ({ ...state, ...cloneCaller(state), jobs: new Map(state.jobs) }),
  },
  describe,
  cargo: cargoOf,
};

function apply(state: HttpApi, command: Command | KernelCommand, context: Context): void {
  switch (command.type) {
    case 'HttpRequest':
      return take(state, command, context);
    case 'Do':
      return perform(state, command, context);
    case 'HttpResponse':
    case 'CallTimedOut':
      return called(state, outcomeOf(state, command, Failed, context), context);
    case 'TransactResponse':
      return persisted(state, context);
    case 'Published':
      return toNextStep(state, command.ticket, context);
    case 'PublishFailed':
      return fail(state, command.ticket, 502, state.setup.driver, context);
    case 'CallAgain': {
      const { ticket, to, attempt } = command;
      if (state.jobs.has(ticket)) call(state, ticket, to, attempt, context.cause, context);
      return;
    }
    case 'ConnectionClosed':
      return closed(state, command, context);
    case 'DuplicateNext':
      state.duplicates++;
      return;
    case 'Start':
      return;
  }
}

function take(state: HttpApi, { message }: HttpRequest, context: Context): void {
  const ticket = ++state.lastTicket;
  const { setup } = state;
  const { now, connection: caller } = context;
  const job = { message, caller, unheard: false, since: now, setup, until: null, begun: 0, answered: 0 };
  state.jobs.set(ticket, { ...job, step: -1 });
  toNextStep(state, ticket, context);
}

/** Goes on to the next step; after the last one the request is done. */
function toNextStep(state: HttpApi, ticket: number, context: Context): void {
  const job = state.jobs.get(ticket);
  if (!job) return;
  const { steps, latencies } = job.setup;
  const next = job.step + 1;
  if (next === steps.length) return finish(state, ticket, job, context);
  const step = steps[next];
  const latency = step === 'calls' || step === 'respond' ? null : latencies[step];
  const duration = latency ? Math.round(context.random(step).sample(latency) * context.slowness) : 0;
  state.jobs.set(ticket, { ...job, step: next, until: context.now + duration });
  const later: Do = { type: 'Do', step, ticket };
  if (duration > 0) context.after(duration, later);
  else context.tell(context.part, later);
}

function perform(state: HttpApi, { step, ticket }: Do, context: Context): void {
  const job = state.jobs.get(ticket);
  if (!job) return;
  state.jobs.set(ticket, { ...job, until: null });
  switch (step) {
    case 'validate':
      return validate(state, ticket, job, context);
    case 'persist':
      return call(state, ticket, job.setup.store, 1, context.cause, context);
    case 'publish': {
      const { place, driver } = job.setup;
      const publish: Publish = {
        ...{ type: 'Publish', ticket, replyTo: context.part, place },
        messages: [job.message],
      };
      return context.tell(driver, publish);
    }
    case 'calls':
      return beginCalls(state, ticket, context);
    case 'respond':
      respond(job, 200, '', context);
      state.jobs.set(ticket, { ...job, caller: 0, until: null });
      return toNextStep(state, ticket, context);
  }
}

function validate(state: HttpApi, ticket: number, job: Job, context: Context): void {
  if (!isMalformed(context.body(job.message))) return toNextStep(state, ticket, context);
  context.emit({ is: Unreadable, subject: context.self, message: job.message });
  fail(state, ticket, 400, context.self, context);
}

/** The first call, or all of them. */
function beginCalls(state: HttpApi, ticket: number, context: Context): void {
  const job = state.jobs.get(ticket)!;
  const { calls, mode } = job.setup;
  if (calls.length === 0) return toNextStep(state, ticket, context);
  const now = mode === 'parallel' ? calls : calls.slice(0, 1);
  state.jobs.set(ticket, { ...job, begun: now.length });
  for (const to of now) call(state, ticket, to, 1, context.cause, context);
}

/** `cause`: the fact that led to it, when that is not what led to the present command. */
function call(
  state: HttpApi,
  ticket: number,
  to: string,
  attempt: number,
  cause: FactId,
  context: Context,
): void {
  const { message, setup, step } = state.jobs.get(ticket)!;
  const { timeout } = setup;
  const request: HttpRequest | TransactRequest =
    setup.steps[step] === 'persist'
      ? transaction(ticket, message, setup, context)
      : { type: 'HttpRequest', message, attempt };
  ask(state, { ticket, to, message, attempt, timeout, request, fact: Called, cause }, context);
}

/**
 * The order as a row, by its label: written twice it is still one order. With an outbox its event is noted in the same
 * transaction; noted again by a second try it stays as it is, sent or not.
 */
function transaction(
  ticket: number,
  message: MessageId,
  { orderState: state, outbox: table }: ApiSetup,
  context: Context,
): TransactRequest {
  const { label, version, data } = context.body(message);
  const order = { key: label, version, fields: { state, ...data } };
  const event = table && { table, key: label, version: 1, fields: outboxWaiting, onlyNewer: true };
  const writes = event ? [order, event] : [order];
  return { type: 'TransactRequest', ticket, writes, message, group: '', position: -1, cause: context.cause };
}

/** A call has come to something: on to the next, once more, or the request fails. */
function called(state: HttpApi, outcome: Outcome | null, context: Context): void {
  if (!outcome) return;
  const { call: one, trouble, reason, fact } = outcome;
  const { ticket, to, message, attempt } = one;
  if (trouble === null) {
    const cause = context.emit({ is: Answered, subject: to, message, amount: attempt });
    return answered(state, ticket, cause, context);
  }
  const job = state.jobs.get(ticket);
  if (!job) return;
  const { retries, retryAfter } = job.setup;
  if (attempt > retries || trouble === '400')
    return fail(state, ticket, trouble === '400' ? 400 : 502, reason, context);
  const again: CallAgain = { type: 'CallAgain', ticket, to, attempt: attempt + 1 };
  if (retryAfter > 0) context.after(retryAfter, again);
  else call(state, ticket, to, again.attempt, fact, context);
}

function answered(state: HttpApi, ticket: number, cause: FactId, context: Context): void {
  const job = state.jobs.get(ticket);
  // The order has failed meanwhile: this service has done its part all the same.
  if (!job) return;
  const { calls } = job.setup;
  const count = job.answered + 1;
  const begun = Math.min(calls.length, Math.max(job.begun, count + 1));
  state.jobs.set(ticket, withCalls(job, begun, count));
  if (count === calls.length) return toNextStep(state, ticket, context);
  if (begun > job.begun) call(state, ticket, calls[begun - 1], 1, cause, context);
}

/** Field by field: this is done once per call, and spreading costs ten times as much. */
function withCalls(job: Job, begun: number, answered: number): Job {
  const { message, caller, unheard, since, setup, step, until } = job;
  return { message, caller, unheard, since, setup, step, until, begun, answered };
}

/** The store has written the row. */
function persisted(state: HttpApi, context: Context): void {
  const call = settled(state, context.connection, context);
  if (!call) return;
  context.emit({ is: Persisted, subject: call.to, message: call.message });
  toNextStep(state, call.ticket, context);
}

/** A service it called is gone, or whoever called it. */
function closed(state: HttpApi, command: ConnectionClosed, context: Context): void {
  if (state.calls.has(command.connection))
    return called(state, outcomeOf(state, command, Failed, context), context);
  for (const [ticket, job] of state.jobs)
    if (job.caller === command.connection) state.jobs.set(ticket, { ...job, unheard: true });
}

/** Calls that are still out are not taken back: their work is done for an order that has failed. */
function fail(state: HttpApi, ticket: number, status: Status, reason: string, context: Context): void {
  const job = state.jobs.get(ticket);
  if (!job) return;
  state.jobs.delete(ticket);
  respond(job, status, reason, context);
}

function finish(state: HttpApi, ticket: number, job: Job, context: Context): void {
  state.jobs.delete(ticket);
  state.applied++;
  state.lastApplied = job.message;
  respond(job, 200, '', context);
}

function respond({ caller, message }: Job, status: Status, reason: string, context: Context): void {
  if (caller === 0) return;
  const response: HttpResponse = { type: 'HttpResponse', message, status, reason };
  context.reply(caller, response);
}

function describe(state: HttpApi, look: Look): PartPicture {
  const { jobs, setup, applied, lastApplied } = state;
  const drawn = [...jobs.values()].slice(0, servingShown);
  return {
    process: {
      applied,
      lastApplied: lastApplied === null ? null : look.face(lastApplied),
      steps: setup.steps,
      calls: describeCalls(state, look),
      callees: setup.steps.includes('calls') ? setup.calls : [],
      callMode: setup.mode,
      inHand: jobs.size,
      serving: drawn.map((job) => ({
        ...{ face: look.face(job.message), since: job.since, until: job.until },
        ...{ stalled: false, unheard: job.unheard, step: job.setup.steps[job.step] ?? '' },
      })),
      current: drawn[0] ? look.face(drawn[0].message) : null,
    },
  };
}
