/**
 * The Java share consumer (kafka-clients 4.3.1 KafkaShareConsumer) as a part. A program drives it by calls
 * (share-facade.ts); with option `handler` it drives itself (share-loop.ts). In a scenario:
 *
 *     { kind: 'kafka-java.share-consumer', options: { 'group.id': 'tills', topics: 'orders', handler: 'kitchen' } }
 *
 * with its settings by their real names beside these. Left out: commitAsync and its callback, wakeup, patterns, racks.
 */
import type { KafkaResponse } from '../../brokers/kafka/protocol';
import type { Context, KernelCommand } from '../../kernel/machine';
import type { GivenOptions } from '../../kernel/options';
import type { Part, PartPicture } from '../../kernel/part';
import { shareCargoOf } from './share-cargo';
import { JavaError } from './api';
import { returned, threw, type Caller } from './calls';
import { answered, closed, forgetAll, timedOut, type InFlight } from './connection';
import { learnMetadata, metadataLost, updateMetadata, wantTopic } from './metadata';
import { commitAnswered, fetchAnswered, leaderLost } from './share-answers';
import { beginCall, goOnWith, type ShareOutcome } from './share-calls';
import { handled, turn } from './share-loop';
import { beatAnswered, beatLost, coordinatorDue, coordinatorFound, coordinatorLost, keepMembership } from './share-membership'; // prettier-ignore
import { readShareOptions, shareSpecs } from './share-options';
import { talkToLeaders } from './share-requests';
import { cloneShareConsumer, newShareConsumer, type ShareCommand, type ShareConsumer, type ShareWake } from './share-state'; // prettier-ignore

export const part: Part<ShareConsumer, ShareCommand, GivenOptions> = {
  options: shareSpecs,
  machine: {
    kind: 'kafka-java.share-consumer',
    init: (given) => newShareConsumer(readShareOptions(given)),
    apply,
    restart(state) {
      Object.assign(state, newShareConsumer(state.options));
    },
    clone: cloneShareConsumer,
  },
  describe,
  cargo: shareCargoOf,
};

function apply(state: ShareConsumer, command: ShareCommand | KernelCommand, context: Context): void {
  if (state.isClosed) return;
  switch (command.type) {
    case 'Start':
      break;
    case 'ShareWake':
      state.wake = null;
      break;
    case 'Call':
      call(state, command, () => beginCall(state, command, command.call, context), context);
      break;
    case 'Handled':
    case 'HandlingFailed':
      handled(state, command);
      break;
    case 'RequestTimedOut':
      lost(state, timedOut(state.network, context, command), context);
      break;
    case 'ConnectionClosed':
      lost(state, closed(state.network, context, command.peer), context);
      break;
    default: {
      const waiting = answered(state.network, context, command);
      if (waiting) heard(state, waiting, command, context);
    }
  }
  run(state, context);
}

/** Does all that can be done now, and looks when there is more to do. */
function run(state: ShareConsumer, context: Context): void {
  goOn(state, context);
  turn(state, context);
  goOn(state, context);
  if (state.isClosed) return sleep(state, Infinity, context);
  for (const topic of state.subscribed) wantTopic(state.metadata, topic);
  const membershipAt = keepMembership(state, context);
  talkToLeaders(state, context);
  goOn(state, context);
  if (state.isClosed) return sleep(state, Infinity, context);
  const metadataAt = updateMetadata(state.metadata, state.network, true, context);
  const dues = [membershipAt, metadataAt, coordinatorDue(state), state.asking?.until ?? Infinity];
  for (const { until } of state.network.broken.values()) dues.push(until > context.now ? until : Infinity);
  sleep(state, Math.min(...dues), context);
}

/** The call under way does what it can now. */
function goOn(state: ShareConsumer, context: Context): void {
  const { asking } = state;
  if (asking) call(state, asking.caller, () => goOnWith(state, state.asking!, context), context);
}

function call(state: ShareConsumer, caller: Caller, does: () => ShareOutcome, context: Context): void {
  try {
    const outcome = does();
    if (outcome === 'wait') return;
    const isClose = state.asking?.call.is === 'close';
    if (state.asking?.caller.ticket === caller.ticket) state.asking = null;
    if (caller.replyTo !== '') context.tell(caller.replyTo, returned(caller, outcome.result));
    if (isClose) end(state, context);
  } catch (error) {
    if (!(error instanceof JavaError)) throw error;
    if (state.asking?.caller.ticket === caller.ticket) state.asking = null;
    if (caller.replyTo !== '')
      context.tell(caller.replyTo, threw(caller, { name: error.name, message: error.message }));
  }
}

function end(state: ShareConsumer, context: Context): void {
  state.isClosed = true;
  for (const { host } of state.network.inFlight.values()) context.disconnect(host);
  for (const host of state.sessions.keys()) context.disconnect(host);
  forgetAll(state.network, context);
}

function heard(state: ShareConsumer, waiting: InFlight, response: KafkaResponse, context: Context): void {
  switch (response.type) {
    case 'MetadataResponse':
      return learnMetadata(state.metadata, state.network, response, context);
    case 'FindCoordinatorResponse':
      return coordinatorFound(state, response, context);
    case 'ShareGroupHeartbeatResponse':
      return beatAnswered(state, response, context);
    case 'ShareFetchResponse':
      return fetchAnswered(state, waiting, response);
    case 'ShareAcknowledgeResponse':
      return commitAnswered(state, waiting, response);
    default:
      return;
  }
}

function lost(state: ShareConsumer, all: readonly InFlight[], context: Context): void {
  for (const waiting of all)
    switch (waiting.request.type) {
      case 'MetadataRequest':
        metadataLost(state.metadata, state.network, context);
        break;
      case 'FindCoordinatorRequest':
        coordinatorLost(state, context);
        break;
      case 'ShareGroupHeartbeatRequest':
        coordinatorLost(state, context);
        beatLost(state, context);
        break;
      default:
        leaderLost(state, waiting);
    }
}

function sleep(state: ShareConsumer, at: number, context: Context): void {
  if (state.wake?.at === at) return;
  if (state.wake) context.cancel(state.wake.timer);
  const wake: ShareWake = { type: 'ShareWake' };
  state.wake = at === Infinity ? null : { at, timer: context.after(Math.max(0, at - context.now), wake) };
}

/** What waits for it, and what it is done with that the broker has not heard of. */
function describe(
  { assigned, held, metadata, options }: ShareConsumer,
  look: Parameters<NonNullable<typeof part.describe>>[1],
): PartPicture {
  // prettier-ignore
  const waiting = held.filter(({ type }) => type === null);
  const done = held.filter(({ type }) => type !== null);
  return {
    process: {
      group: options.groupId,
      owns: assigned.map(({ partition, topic }) => `${metadata.cluster}/${topic}/${partition}`),
      queued: waiting.slice(1).map(({ message }) => look.face(message)),
      unsettled: done.map(({ message }) => look.face(message)),
    },
  };
}
