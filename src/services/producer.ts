/**
 * A shop that tells what happens in it: orders, stock counts and price changes for a few products, at a rate, through
 * the driver beside it. Products come from a stream of their own and domains in a fixed pattern, so that a change of
 * rate tells the same story faster. It remembers in its database (so through a crash) how far it has counted.
 */
import type { Body, Domain, MessageId } from '../kernel/bodies';
import type { Publish, Published, PublishFailed } from '../kernel/delivery';
import type { Context, KernelCommand, TimerId } from '../kernel/machine';
import type { GivenOptions } from '../kernel/options';
import type { Look, Part, PartPicture } from '../kernel/part';
import type { Time } from '../kernel/time';
import { composeEntry, composeEvent, type Catalogue } from './catalogue';
import { malformed } from './malformed';
import { producerServiceOptions, readProducer, type ProducerSetup } from './producer-options';

export interface Producer {
  readonly setup: ProducerSetup;
  ratePerSecond: number;
  /** When the next event is due, in fractions of a microsecond, so that no rate drifts. */
  dueAt: number;
  /** 0: nothing is scheduled. */
  timer: TimerId;
  /** Events told so far by itself: what the limit counts. */
  told: number;
  catalogue: Catalogue;
  lastTicket: number;
  /** Calls of send that are not settled. */
  unsettled: number;
  lastTold: MessageId | null;
  /** The next so many events cannot be read; absent: none. */
  poisons?: number;
}

/** The producer's own clock. */
interface Tick {
  readonly type: 'Tick';
}
/** Workload: so many events a second from now on. */
export interface SetRate {
  readonly type: 'SetRate';
  readonly ratePerSecond: number;
}
/** By hand: `count` (default 1) further events now, whatever rate and limit say. */
export interface PublishNow {
  readonly type: 'PublishNow';
  readonly key?: string | null;
  readonly domain?: Domain | null;
  readonly count?: number | null;
  readonly partition?: number | null;
}
/** Fault: the next event is one that no handler can read. */
export interface PoisonNext {
  readonly type: 'PoisonNext';
}
type Command = Tick | SetRate | PublishNow | Published | PublishFailed | PoisonNext;

const tick: Tick = { type: 'Tick' };
const microsecondsPerSecond = 1_000_000;
/** One call by hand sends at most this many. */
const byHandMax = 1000;

export const part: Part<Producer, Command, GivenOptions> = {
  options: producerServiceOptions,
  machine: {
    kind: 'producer',
    init(given) {
      const setup = readProducer(given);
      return {
        setup,
        ratePerSecond: setup.ratePerSecond,
        dueAt: 0,
        timer: 0,
        told: 0,
        catalogue: { number: 0, versions: new Map() },
        lastTicket: 0,
        unsettled: 0,
        lastTold: null,
      };
    },
    apply,
    restart(state) {
      state.timer = 0;
      state.unsettled = 0;
    },
    clone: (state) => ({
      ...state,
      catalogue: { ...state.catalogue, versions: new Map(state.catalogue.versions) },
    }),
  },
  describe,
};

function apply(state: Producer, command: Command | KernelCommand, context: Context): void {
  switch (command.type) {
    case 'Tick':
      state.timer = 0;
      tell(state, context);
      return schedule(state, context);
    case 'Published':
    case 'PublishFailed':
      state.unsettled--;
      return schedule(state, context);
    case 'Start':
      return startAt(state, context.now + state.setup.startAfter, context);
    case 'SetRate':
      state.ratePerSecond = Math.max(0, command.ratePerSecond);
      return startAt(state, context.now, context);
    case 'PublishNow': {
      const count = Math.min(Math.max(1, Math.trunc(command.count ?? 1)), byHandMax);
      for (let i = 0; i < count; i++) publish(state, 1, command, context);
      return;
    }
    case 'PoisonNext':
      state.poisons = (state.poisons ?? 0) + 1;
      return;
    case 'ConnectionClosed':
      return;
  }
}

/** By itself: one call's worth of events, as far as the limit allows. */
function tell(state: Producer, context: Context): void {
  const { perSend, limit } = state.setup;
  const count = limit === null ? perSend : Math.min(perSend, limit - state.told);
  state.told += count;
  publish(state, count, {}, context);
}

function publish(state: Producer, count: number, wish: Partial<PublishNow>, context: Context): void {
  const { place, driver } = state.setup;
  const messages: MessageId[] = [];
  for (let i = 0; i < count; i++) {
    const body = nextBody(state, wish, context);
    messages.push(context.compose(isPoisoned(state) ? malformed(body) : body));
  }
  state.unsettled++;
  state.lastTold = messages[messages.length - 1];
  const ticket = ++state.lastTicket;
  const command: Publish = {
    type: 'Publish',
    ticket,
    replyTo: context.part,
    place,
    messages,
    ...(typeof wish.partition === 'number' ? { partition: wish.partition } : {}),
  };
  context.tell(driver, command);
}

function isPoisoned(state: Producer): boolean {
  if (!state.poisons) return false;
  state.poisons--;
  return true;
}

function nextBody({ setup, catalogue }: Producer, wish: Partial<PublishNow>, context: Context): Body {
  const { entries } = setup;
  if (entries.length === 0) return composeEvent(setup, catalogue, wish.key, wish.domain, context);
  // by hand, for an account: its first entry once more
  const wished = entries.find(({ account }) => account === wish.key);
  return composeEntry(wished ?? entries[catalogue.number % entries.length], catalogue, context);
}

/** Begins to count time at `from`. */
function startAt(state: Producer, from: Time, context: Context): void {
  if (state.timer !== 0) context.cancel(state.timer);
  state.timer = 0;
  state.dueAt = from;
  schedule(state, context);
}

/** Plans the next event, unless one is planned, the limit is reached, or `awaited` says to wait for an answer first. */
function schedule(state: Producer, context: Context): void {
  const { setup, ratePerSecond, told, unsettled, timer } = state;
  if (timer !== 0 || ratePerSecond === 0 || (setup.limit !== null && told >= setup.limit)) return;
  if (setup.awaited && unsettled > 0) return;
  const jitter = setup.jitter === 0 ? 0 : setup.jitter * (2 * context.random('jitter').unit() - 1);
  const interval = (setup.perSend * microsecondsPerSecond * (1 + jitter)) / ratePerSecond;
  // a loop that was held up goes on from now: it does not make up for lost time
  state.dueAt = Math.max(state.dueAt, setup.awaited ? context.now : 0) + interval;
  state.timer = context.after(Math.max(0, Math.round(state.dueAt) - context.now), tick);
}

function describe({ lastTold }: Producer, look: Look): PartPicture {
  return { process: { steps: ['send'], current: lastTold === null ? null : look.face(lastTold) } };
}
