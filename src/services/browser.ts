/**
 * Many people at their browsers, as one: they place orders at a rate and each waits for an answer. Orders are numbered
 * and come whether or not earlier ones have been answered, as people do.
 */
import { factType } from '../kernel/fact';
import type { MessageId } from '../kernel/bodies';
import type { Context, KernelCommand, Tagged, TimerId } from '../kernel/machine';
import { optionReader, type GivenOptions } from '../kernel/options';
import type { Look, OptionSpec, Part, PartPicture } from '../kernel/part';
import { microsecondsPerSecond, ms, type Duration } from '../kernel/time';
import { composeEvent, type Catalogue } from './catalogue';
import {
  ask,
  cloneCaller,
  describeCalls,
  newCaller,
  outcomeOf,
  type Caller,
  type CallTimedOut,
  type DuplicateNext,
} from './http-caller';
import { cargoOf, type HttpRequest, type HttpResponse } from './http-protocol';
import { malformed } from './malformed';
import type { PoisonNext, PublishNow, SetRate } from './producer';

interface Setup {
  /** Each order goes to all of them. */
  readonly to: readonly string[];
  readonly products: readonly string[];
  readonly limit: number | null;
  readonly jitter: number;
  readonly timeout: Duration;
  readonly startAfter: Duration;
}

export interface Browser extends Caller {
  options: GivenOptions;
  setup: Setup;
  ratePerSecond: number;
  /** When the next order is due, in fractions of a microsecond, so that no rate drifts. */
  dueAt: number;
  /** 0: nothing is scheduled. */
  timer: TimerId;
  /** Orders placed by themselves: what the limit counts. */
  placed: number;
  catalogue: Catalogue;
  /** The next so many orders cannot be read. */
  poisons: number;
  answered: number;
  /** By the process that was asked. */
  failed: Map<string, number>;
  lastPlaced: MessageId | null;
}

interface Tick extends Tagged {
  readonly type: 'Tick';
}
type Command = Tick | SetRate | PublishNow | HttpResponse | CallTimedOut | DuplicateNext | PoisonNext;

const Ordered = factType('requested', 'OrderPlaced');
const Answered = factType('responded', 'OrderAnswered');
const Failed = factType('failed', 'OrderFailed');
/** One order by hand places at most this many. */
const byHandMax = 1000;

const options: readonly OptionSpec[] = [
  option('to', 'order-api', '', 'processes that take the orders: each order goes to all of them'),
  option('products', 'mug pen tee cap jar', '', 'what is ordered'),
  { ...option('ratePerSecond', 1, 'per second', 'orders a second; a knob'), min: 0, takes: 'nothing' },
  {
    ...option('limit', 0, 'records', 'orders in all; null: no end'),
    default: null,
    min: 0,
    takes: 'nothing',
  },
  { ...option('jitter', 0.2, '', 'share of the interval by which it varies, up or down'), min: 0, max: 1 },
  { ...option('timeoutMs', 0, 'ms', 'patience: wait for the answer to an order; 0: for ever'), min: 0 },
  { ...option('startAfterMs', 0, 'ms', 'quiet time after a start'), min: 0 },
];

function option(name: string, value: string | number, unit: OptionSpec['unit'], source: string): OptionSpec {
  const type = typeof value === 'number' ? 'number' : 'string';
  return { name, type, default: value, unit, source, takes: 'restart' };
}

export const part: Part<Browser, Command, GivenOptions> = {
  options,
  machine: {
    kind: 'browser',
    init: (given) => ({
      ...newCaller(),
      ...{ options: given, setup: read(given), ratePerSecond: rateOf(given), dueAt: 0, timer: 0, placed: 0 },
      ...{ catalogue: { number: 0, versions: new Map() }, poisons: 0, answered: 0, failed: new Map() },
      lastPlaced: null,
    }),
    apply,
    configure(state, changed) {
      state.options = { ...state.options, ...changed };
      state.setup = read(state.options);
      if ('ratePerSecond' in changed) state.ratePerSecond = rateOf(state.options);
    },
    restart(state) {
      state.timer = 0;
      state.calls = new Map();
    },
    clone: (state) => ({
      ...state,
      ...cloneCaller(state),
      catalogue: { ...state.catalogue, versions: new Map(state.catalogue.versions) },
      failed: new Map(state.failed),
    }),
  },
  describe,
  cargo: cargoOf,
};

function rateOf(given: GivenOptions): number {
  return optionReader(options, given).number('ratePerSecond');
}

function read(given: GivenOptions): Setup {
  const reader = optionReader(options, given);
  return {
    to: reader.list('to'),
    products: reader.list('products'),
    limit: reader.numberOrNull('limit'),
    jitter: reader.number('jitter'),
    timeout: ms(reader.number('timeoutMs')),
    startAfter: ms(reader.number('startAfterMs')),
  };
}

function apply(state: Browser, command: Command | KernelCommand, context: Context): void {
  switch (command.type) {
    case 'Start':
      return startAt(state, context.now + state.setup.startAfter, context);
    case 'Tick':
      state.timer = 0;
      state.placed++;
      place(state, {}, context);
      return schedule(state, context);
    case 'SetRate':
      state.ratePerSecond = Math.max(0, command.ratePerSecond);
      return startAt(state, context.now, context);
    case 'PublishNow': {
      const count = Math.min(Math.max(1, Math.trunc(command.count ?? 1)), byHandMax);
      for (let i = 0; i < count; i++) place(state, command, context);
      return;
    }
    case 'DuplicateNext':
      state.duplicates++;
      return;
    case 'PoisonNext':
      state.poisons++;
      return;
    case 'HttpResponse':
    case 'ConnectionClosed':
    case 'CallTimedOut':
      return answer(state, command, context);
  }
}

function place(state: Browser, wish: Partial<PublishNow>, context: Context): void {
  const { products, timeout, to } = state.setup;
  const kinds = { products, pattern: ['order'] as const };
  const body = composeEvent(kinds, state.catalogue, wish.key, 'order', context);
  const message = context.compose(state.poisons > 0 ? malformed(body) : body);
  if (state.poisons > 0) state.poisons--;
  state.lastPlaced = message;
  const request: HttpRequest = { type: 'HttpRequest', message, attempt: 1 };
  const { number: ticket } = state.catalogue;
  for (const each of to)
    ask(
      state,
      { ticket, to: each, message, attempt: 1, timeout, request, fact: Ordered, cause: context.cause },
      context,
    );
}

function answer(
  state: Browser,
  command: Extract<Command | KernelCommand, { type: 'HttpResponse' | 'ConnectionClosed' | 'CallTimedOut' }>,
  context: Context,
): void {
  const outcome = outcomeOf(state, command, Failed, context);
  if (!outcome) return;
  const { call, trouble, fact: cause } = outcome;
  const about = { subject: call.to, message: call.message, cause };
  if (trouble === null) {
    state.answered++;
    context.emit({ is: Answered, ...about });
    return;
  }
  state.failed.set(call.to, (state.failed.get(call.to) ?? 0) + 1);
  // Refused and timed out say so in a fact of their own; that the order has failed is another.
  if (trouble === 'connection refused' || trouble === 'timeout')
    context.emit({ is: Failed, ...about, detail: trouble });
}

/** Begins to count time at `from`. */
function startAt(state: Browser, from: number, context: Context): void {
  if (state.timer !== 0) context.cancel(state.timer);
  state.timer = 0;
  state.dueAt = from;
  schedule(state, context);
}

/** Plans the next order, unless the limit is reached. */
function schedule(state: Browser, context: Context): void {
  const { ratePerSecond, placed, timer } = state;
  const { limit, jitter } = state.setup;
  if (timer !== 0 || ratePerSecond === 0 || (limit !== null && placed >= limit)) return;
  const early = jitter === 0 ? 0 : jitter * (2 * context.random('jitter').unit() - 1);
  state.dueAt += (microsecondsPerSecond * (1 + early)) / ratePerSecond;
  const tick: Tick = { type: 'Tick' };
  state.timer = context.after(Math.max(0, Math.round(state.dueAt) - context.now), tick);
}

function describe(state: Browser, look: Look): PartPicture {
  const { answered, failed, ratePerSecond, lastPlaced } = state;
  return {
    process: {
      ...{ answered, ratePerSecond },
      failed: [...failed.values()].reduce((sum, count) => sum + count, 0),
      failedBy: Object.fromEntries(failed),
      steps: ['send'],
      calls: describeCalls(state, look),
      callees: state.setup.to,
      inHand: state.calls.size,
      current: lastPlaced === null ? null : look.face(lastPlaced),
    },
  };
}
