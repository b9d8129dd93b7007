/**
 * The Java consumer (kafka-clients 4.3.1) as a part. A program drives it by calls, one at a time (consumer-facade.ts); with
 * option `handler` it drives itself, as a program with a poll loop does (consumer-loop.ts). In a scenario:
 *
 *     { kind: 'kafka-java.consumer', options: { 'group.id': 'search', topics: 'shop-events', handler: 'projection' } }
 *
 * with its settings by their real names beside these; a cooperative group is
 * `'partition.assignment.strategy': 'CooperativeStickyAssignor'`. Like the real one it does nearly everything within
 * calls; only heartbeats, and what is read from the network along with them, happen between calls. Left out: patterns as
 * subscriptions, racks, interceptors, deserializers, commits without waiting that a program makes.
 */
import type { KafkaResponse } from '../../brokers/kafka/protocol';
import type { ConnectionClosed, Context, KernelCommand } from '../../kernel/machine';
import type { GivenOptions } from '../../kernel/options';
import type { Part } from '../../kernel/part';
import { cargoOf } from '../kafka/cargo';
import { JavaError } from './api';
import { returned, threw, type Call, type Caller } from './calls';
import { answered, requestLost } from './consumer-answers';
import type { Asking, Calling, ConsumerCommand, Result } from './consumer-calls';
import { setAlarm } from './consumer-clock';
import { callLocally } from './consumer-local-calls';
import {
  commitPolled,
  handled,
  handlingFailed,
  loopAnswered,
  pauseLoop,
  pollNext,
  seekLoop,
  startLoop,
  stopLoop,
  wakeLoop,
} from './consumer-loop';
import { consumerOptions, readConsumerConfig } from './consumer-options';
import { describeConsumer } from './consumer-picture';
import { deadlineOf, goOn, offsetsOf } from './consumer-poll';
import { cloneConsumer, newConsumer, type ConsumerState } from './consumer-state';
import type { Thrown } from './exceptions';
import { membershipOf } from './memberships';
import { connectionLost, expire, readable } from './wire';

export const part: Part<ConsumerState, ConsumerCommand, GivenOptions> = {
  options: consumerOptions,
  machine: {
    kind: 'kafka-java.consumer',
    init: (given) => newConsumer(readConsumerConfig(given)),
    apply,
    restart(state) {
      Object.assign(state, newConsumer(state.config));
    },
    clone: cloneConsumer,
  },
  describe: describeConsumer,
  cargo: cargoOf,
};

function apply(state: ConsumerState, command: ConsumerCommand | KernelCommand, context: Context): void {
  if (state.stalledUntil > 0 && !wakesUp(state, command, context)) return;
  take(state, command, context);
  settle(state, context);
}

/** Takes in what has come, without going on with anything. */
function take(state: ConsumerState, command: ConsumerCommand | KernelCommand, context: Context): void {
  switch (command.type) {
    case 'Start':
      return state.config.handler === null ? undefined : startLoop(state, context);
    case 'Handled':
      return handled(state, command, context);
    case 'HandlingFailed':
      return handlingFailed(state, command, context);
    case 'CommitOffsets':
      return commitPolled(state, context);
    case 'OffsetsCommitted':
      return pollNext(state, context);
    case 'Pause':
    case 'Resume':
      return pauseLoop(state, command.type === 'Pause');
    case 'Seek':
      return seekLoop(state, command, context);
    case 'Stop':
      return stopLoop(state, context);
    case 'LookAtClocks':
      state.alarm = null;
      return wakeLoop(state, context);
    case 'Stall':
      state.stalledUntil = context.now + command.duration;
      return;
    case 'Call':
      return begin(state, command, context);
    case 'ConnectionClosed':
      return isReading(state) ? closed(state, command, context) : keep(state, command);
    default:
      return isReading(state) ? read(state, command, context) : keep(state, command);
  }
}

/** Does all that can be done now: heartbeats, the call under way; and looks when there is more to do. */
function settle(state: ConsumerState, context: Context): void {
  if (state.stalledUntil > context.now) {
    if (state.alarm === null || state.alarm.at > state.stalledUntil) {
      if (state.alarm) context.cancel(state.alarm.timer);
      const timer = context.after(state.stalledUntil - context.now, { type: 'LookAtClocks' });
      state.alarm = { timer, at: state.stalledUntil };
    }
    return;
  }
  if (isReading(state)) {
    expire(state.wire, context);
    tellLost(state, context);
  }
  if (state.member !== null) membershipOf(state).beat(state, context);
  goOnWithCall(state, context);
  tellLost(state, context);
  setAlarm(state, context);
}

/** The network is read while a call waits, and by whoever sends heartbeats. */
function isReading(state: ConsumerState): boolean {
  return state.asking !== null || (state.member !== null && membershipOf(state).isReading(state));
}

function keep(state: ConsumerState, command: ConsumerCommand | ConnectionClosed): void {
  state.unread = [...state.unread, command as ConsumerCommand];
}

/** A process that stands still does nothing, and what is sent to it waits. true: it stands still no more. */
function wakesUp(state: ConsumerState, command: ConsumerCommand | KernelCommand, context: Context): boolean {
  if (context.now >= state.stalledUntil) {
    state.stalledUntil = 0;
    takeUnread(state, context);
    return true;
  }
  if (command.type !== 'LookAtClocks') keep(state, command as ConsumerCommand);
  else state.alarm = null;
  settle(state, context);
  return false;
}

function begin(state: ConsumerState, { ticket, replyTo, call }: Call<Calling>, context: Context): void {
  const caller = { ticket, replyTo };
  try {
    const result = callLocally(state, call, context);
    if (result !== undefined) return reply(caller, { result }, context);
  } catch (error) {
    return reply(caller, { thrown: thrownIn(error) }, context);
  }
  state.asking = {
    ...{ call, ticket, replyTo, until: deadlineOf(state, call, context.now), retryAt: 0, stage: 'due' },
    ...{ offsets: offsetsOf(state, call), result: null },
  };
  takeUnread(state, context);
}

function takeUnread(state: ConsumerState, context: Context): void {
  const { unread } = state;
  state.unread = [];
  for (const one of unread) take(state, one, context);
}

function read(state: ConsumerState, response: KafkaResponse, context: Context): void {
  for (const { waiting, response: next } of readable(state.wire, response)) {
    const thrown = answered(state, waiting, next, context);
    if (thrown && state.asking) end(state, state.asking, { thrown }, context);
  }
}

function closed(state: ConsumerState, { peer }: ConnectionClosed, context: Context): void {
  const [host] = peer.split('/', 1) as [string];
  connectionLost(state.wire, host, context);
  if (state.coordinator.host === host) state.coordinator.host = null;
  state.metadata.isWanted = true;
  tellLost(state, context);
}

function tellLost(state: ConsumerState, context: Context): void {
  const { wire } = state;
  while (wire.lost.length > 0) {
    const { lost } = wire;
    wire.lost = [];
    for (const waiting of lost) requestLost(state, waiting, context);
  }
}

/** A handler's program calls again as soon as it is answered, until it has to wait. */
function goOnWithCall(state: ConsumerState, context: Context): void {
  for (let { asking } = state; asking !== null; { asking } = state) {
    // what came while its handler worked and nobody sent heartbeats is read by the call that follows
    if (state.unread.length > 0) {
      takeUnread(state, context);
      continue;
    }
    try {
      const outcome = goOn(state, asking, context);
      if (outcome === 'wait') return;
      end(state, asking, outcome, context);
    } catch (error) {
      end(state, asking, { thrown: thrownIn(error) }, context);
    }
  }
}

function end(state: ConsumerState, asking: Asking, answer: Answer, context: Context): void {
  state.asking = null;
  if (asking.replyTo === '') loopAnswered(state, asking, answer, context);
  else reply(asking, answer, context);
}

type Answer = { readonly result: Result } | { readonly thrown: Thrown };

function reply(caller: Caller, answer: Answer, context: Context): void {
  const said = 'thrown' in answer ? threw(caller, answer.thrown) : returned(caller, answer.result);
  context.tell(caller.replyTo, said);
}

/** Only what the library throws is an answer; anything else is our mistake. */
function thrownIn(error: unknown): Thrown {
  if (!(error instanceof JavaError)) throw error;
  return { name: error.name, message: error.message };
}
