/**
 * The program around a consumer that has a handler: subscribe, and then poll, hand over what came record by record, commit
 * unless that is done by itself (option `commit`), and poll again; a service beside it does the work. Nothing is polled while
 * it works, so a slow handler runs into max.poll.interval.ms. When a handler throws, its record and all that came after it are
 * sought again a little later, as Spring's DefaultErrorHandler does; what a poll throws ends the program, which closes its
 * consumer.
 */
import type { Handle, Handled, HandlingFailed } from '../../kernel/delivery';
import { factType } from '../../kernel/fact';
import type { Context } from '../../kernel/machine';
import { ms, type Time } from '../../kernel/time';
import { deliveredBefore, deliveredNote } from '../kafka/delivered';
import type { Asking, Calling, CommitOffsets, OffsetsCommitted, Result, Seek } from './consumer-calls';
import { rebalancing } from './consumer-commit';
import type { Polled } from './consumer-fetch';
import { addressOf } from './consumer-metadata';
import { setPosition, startReset } from './consumer-positions';
import { deadlineOf, offsetsOf } from './consumer-poll';
import type { ConsumerState } from './consumer-state';
import type { Thrown } from './exceptions';
import { membershipOf } from './memberships';

const Delivered = factType('delivered', 'RecordDelivered');
const Redelivered = factType('redelivered', 'RecordRedelivered');
const HandlerFailed = factType('failed', 'HandlerFailed');
const ProgramEnded = factType('failed', 'ConsumerCrashed');
const Sought = factType('sought', 'PositionSought');

/** What the program's poll waits for, and how long it rests when a handler threw. */
const pollTimeout = ms(1000);
const restTimeout = ms(1000);
/** How many handled records the picture remembers when nothing is committed. */
const handledMax = 40;

export interface Handing {
  /** Polled and not handed over. */
  queue: readonly Polled[];
  /** The handler has it; null: nothing. */
  current: Polled | null;
  /** Names the handler's job. */
  ticket: number;
  /** Handled, for the picture. */
  handled: readonly Polled[];
  /** A commit came in the middle of a rebalance: it is made again after the next poll, whatever that brings. */
  owesCommit: boolean;
  isPaused: boolean;
  isStopped: boolean;
  /** −1: no commit of its own is under way. */
  committingSince: Time;
  /** It rests until then; 0: it does not. */
  restUntil: Time;
}

/** The program starts. */
export function startLoop(state: ConsumerState, context: Context): void {
  state.handing = {
    ...{
      queue: [],
      current: null,
      ticket: 0,
      handled: [],
      owesCommit: false,
      isPaused: false,
      isStopped: false,
    },
    ...{ committingSince: -1, restUntil: 0 },
  };
  state.subscribed = state.config.topics;
  state.member = membershipOf(state).newMember(context.now);
  pollNext(state, context);
}

/** What the program's own call has come to. */
export function loopAnswered(
  state: ConsumerState,
  { call }: Asking,
  answer: { readonly result: Result } | { readonly thrown: Thrown },
  context: Context,
): void {
  const handing = state.handing!;
  if (call.is === 'close') return;
  if (call.is === 'commitSync') {
    handing.committingSince = -1;
    handing.owesCommit = 'thrown' in answer && answer.thrown.name === rebalancing.name;
    const committed: OffsetsCommitted = { type: 'OffsetsCommitted', step: 'committed' };
    return context.tell(context.part, committed);
  }
  if ('thrown' in answer) {
    const { name, message } = answer.thrown;
    const { groupId: group } = state.config;
    context.emit({ is: ProgramEnded, subject: context.self, group, detail: `${name}: ${message}` });
    return stopLoop(state, context);
  }
  handing.queue = answer.result as readonly Polled[];
  if (handing.queue.length > 0) handOver(state, handing, context);
  else if (handing.owesCommit) tellCommit(context);
  else pollNext(state, context);
}

/** The handler is done with a record. */
export function handled(state: ConsumerState, { ticket }: Handled, context: Context): void {
  const handing = state.handing!;
  const { current } = handing;
  if (current === null || ticket !== handing.ticket) return;
  handing.current = null;
  handing.handled = [...handing.handled, current].slice(-handledMax);
  if (handing.queue.length > 0) return handOver(state, handing, context);
  if (!state.config.commitsEachPoll) return pollNext(state, context);
  tellCommit(context);
}

function tellCommit(context: Context): void {
  const commit: CommitOffsets = { type: 'CommitOffsets', step: 'commit' };
  context.tell(context.part, commit);
}

/** Named step: everything polled is committed. */
export function commitPolled(state: ConsumerState, context: Context): void {
  const handing = state.handing!;
  handing.committingSince = context.now;
  begin(state, { is: 'commitSync', offsets: null }, context);
}

/** The handler threw: from its record on everything polled is sought again, later. */
export function handlingFailed(
  state: ConsumerState,
  { ticket, error }: HandlingFailed,
  context: Context,
): void {
  const handing = state.handing!;
  const { current } = handing;
  if (current === null || ticket !== handing.ticket) return;
  context.emit({
    is: HandlerFailed,
    subject: addressOf(state, current.topic, current.partition),
    ...{ message: current.message, position: current.offset, group: state.config.groupId, detail: error },
  });
  const again = [current, ...handing.queue];
  handing.current = null;
  handing.queue = [];
  for (const { topic, partition, offset } of again.reverse()) {
    const one = state.assigned.get(`${topic}-${partition}`);
    if (one) setPosition(one, offset);
  }
  if (handing.isStopped) return leaveLoop(state, context);
  handing.restUntil = context.now + restTimeout;
}

/** The program has rested enough. */
export function wakeLoop(state: ConsumerState, context: Context): void {
  const { handing } = state;
  if (!handing || handing.restUntil === 0 || context.now < handing.restUntil) return;
  handing.restUntil = 0;
  pollNext(state, context);
}

/** consumer.pause and resume of everything: it polls on, and is given nothing. */
export function pauseLoop(state: ConsumerState, isPaused: boolean): void {
  if (state.handing) state.handing.isPaused = isPaused;
  for (const one of state.assigned.values()) one.paused = isPaused;
}

/** Told to stop: it does what it has polled, and closes. */
export function stopLoop(state: ConsumerState, context: Context): void {
  const { handing } = state;
  if (!handing || handing.isStopped) return;
  handing.isStopped = true;
  if (handing.current === null) leaveLoop(state, context);
}

/** Positions are moved by hand, as a program does it between two polls: what was polled behind them is let go. */
export function seekLoop(state: ConsumerState, seek: Seek, context: Context): void {
  const { handing } = state;
  for (const one of state.assigned.values()) {
    if ((seek.topic ?? one.topic) !== one.topic || (seek.partition ?? one.partition) !== one.partition)
      continue;
    if (handing)
      handing.queue = handing.queue.filter(({ topic, partition }) => `${topic}-${partition}` !== one.name);
    const from = one.position;
    if (seek.offset === -1 || seek.offset === -2)
      startReset(one, { is: seek.offset === -1 ? 'latest' : 'earliest' });
    else setPosition(one, Math.max(0, Math.trunc(seek.offset)));
    context.emit({
      ...{ is: Sought, subject: addressOf(state, one.topic, one.partition), group: state.config.groupId },
      ...{ position: one.position, amount: from },
    });
  }
}

export function pollNext(state: ConsumerState, context: Context): void {
  const { handing } = state;
  if (handing?.isStopped) return leaveLoop(state, context);
  if (handing?.isPaused) for (const one of state.assigned.values()) one.paused = true;
  begin(state, { is: 'poll', timeout: pollTimeout }, context);
}

function leaveLoop(state: ConsumerState, context: Context): void {
  if (state.handing) state.handing.restUntil = 0;
  begin(state, { is: 'close' }, context);
}

function begin(state: ConsumerState, call: Calling, context: Context): void {
  state.asking = {
    ...{
      call,
      ticket: 0,
      replyTo: '',
      until: deadlineOf(state, call, context.now),
      retryAt: 0,
      stage: 'due',
    },
    ...{ offsets: offsetsOf(state, call), result: null },
  };
}

/** The next record goes to the handler. */
function handOver(state: ConsumerState, handing: Handing, context: Context): void {
  const [current, ...rest] = handing.queue;
  const { groupId: group, handler } = state.config;
  const { topic, partition, message, offset: position } = current;
  const source = addressOf(state, topic, partition);
  const isAgain = deliveredBefore(context.notes, deliveredNote(group, source), position);
  const cause = context.emit({
    ...{ is: isAgain ? Redelivered : Delivered, subject: source, message, position, group },
    cause: current.cause,
  });
  Object.assign(handing, { queue: rest, current, ticket: handing.ticket + 1 });
  const handle: Handle = {
    ...{ type: 'Handle', ticket: handing.ticket, replyTo: context.part },
    delivery: { message, source, position, group, cause },
  };
  context.tell(handler!, handle);
}
