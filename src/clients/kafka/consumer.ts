/**
 * kafkajs's consumer (2.2.4) with `eachMessage` as a part: a member of a classic group that fetches, hands every
 * record to the part named by option `handler` and commits after every batch, or, as handlers do who call
 * `commitOffsets` themselves, before every message. Left out: regular-expression
 * subscriptions, rack awareness (kafkajs itself has no static membership, no KIP-848 and no share groups). Java's
 * consumer differs in commit timing, heartbeats and defaults (brokers.md A5).
 */
import type { KafkaResponse } from '../../brokers/kafka/protocol';
import type { Handled } from '../../kernel/delivery';
import type { Context, KernelCommand } from '../../kernel/machine';
import type { GivenOptions } from '../../kernel/options';
import type { Part } from '../../kernel/part';
import { commitEnded, requestFailed, responded } from './answers';
import {
  callBeat,
  callCommit,
  pausePartitions,
  resolveOffset,
  say,
  type CallBeat,
  type CallCommit,
  type PausePartitions,
  type ResolveOffset,
} from './calls';
import { cargoOf } from './cargo';
import { answered, answerTo, closed, tellAnswered, type RequestTimedOut } from './cluster';
import { noteCommitted, sendCommit, type CommitOffsets, type OffsetsCommitted } from './commit';
import { describeConsumer } from './consumer-picture';
import { cloneConsumer, newConsumer, type Consumer } from './consumer-state';
import { requestTimedOut } from './failure';
import { emptyFetch, fetchNext, roundOver, type Wake } from './fetch';
import { tryJoin, type RetryJoin } from './join';
import { retryMetadata, type RetryMetadata } from './metadata';
import { consumerOptions, readConsumerOptions, reconfigured } from './options';
import { afterJoin, goOn, startLife, stop, type RetryLoop, type StartAgain } from './runner';
import { rememberSeek, type Seek } from './seek';
import { commitAgain, type CommitAgain } from './transactional-commit';
import { handled, handlingFailed, type HandlingFailedWith } from './worker';

/** `consumer.pause` of every subscribed topic: positions stay, fetches leave it out, heartbeats go on. */
export interface Pause {
  readonly type: 'Pause';
}
export interface Resume {
  readonly type: 'Resume';
}
/** `consumer.disconnect`: finish the present message, commit, leave the group. */
export interface Stop {
  readonly type: 'Stop';
}

type Reminder = RequestTimedOut | RetryMetadata | RetryJoin | RetryLoop | StartAgain | Wake;
type Told = Handled | HandlingFailedWith | Seek | Pause | Resume | Stop;
type Called = PausePartitions | CallCommit | CallBeat | ResolveOffset;
type Command = KafkaResponse | Reminder | Told | Called | CommitOffsets | CommitAgain | OffsetsCommitted;

export const part: Part<Consumer, Command, GivenOptions> = {
  options: consumerOptions,
  machine: {
    kind: 'kafka.consumer',
    init: (given) => newConsumer(readConsumerOptions(given)),
    apply,
    configure(state, changed) {
      state.options = reconfigured(state.options, changed);
    },
    restart(state) {
      Object.assign(state, newConsumer(state.options));
    },
    clone: cloneConsumer,
  },
  describe: describeConsumer,
  cargo: cargoOf,
};

function apply(state: Consumer, command: Command | KernelCommand, context: Context): void {
  switch (command.type) {
    // once per message, so they come first
    case 'Handled':
      handled(state, command.ticket, context);
      return roundMayBeOver(state, context);
    case 'HandlingFailed':
      handlingFailed(state, command, context);
      return roundMayBeOver(state, context);
    case 'CommitOffsets':
      return sendCommit(state, command, context);
    case 'OffsetsCommitted':
      noteCommitted(state, command, context.now);
      say(state, { is: 'COMMIT_OFFSETS', topics: command.topics, isAsked: false }, context);
      commitEnded(state, command.actor, null, context);
      return roundMayBeOver(state, context);
    case 'Start':
    case 'StartAgain':
      return startLife(state, context);
    case 'Seek':
      return rememberSeek(state, command, context);
    case 'Pause':
      return setPaused(state, true);
    case 'Resume':
      return setPaused(state, false);
    case 'PausePartitions':
    case 'ResumePartitions':
      return pausePartitions(state, command);
    case 'CallCommit':
      return callCommit(state, command, context);
    case 'CallBeat':
      return callBeat(state, command, context);
    case 'ResolveOffset':
      return resolveOffset(state, command);
    case 'Stop':
      return stop(state, context);
    case 'Wake':
      // a fetch of nothing is one all the same (runner.js fetch)
      say(state, { is: 'FETCH' }, context);
      return goOn(state, emptyFetch(state, context), context);
    case 'RetryJoin':
      return afterJoin(state, tryJoin(state, context), context);
    case 'RetryLoop':
      return goOn(state, fetchNext(state, context), context);
    case 'CommitAgain':
      return commitAgain(state, context);
    case 'RetryMetadata':
      return retryMetadata(state.cluster, context);
    case 'RequestTimedOut': {
      const waiting = answered(state.cluster, context, command.correlationId);
      if (waiting) requestFailed(state, waiting, requestTimedOut(waiting.request.type), context);
      return roundMayBeOver(state, context);
    }
    case 'ConnectionClosed': {
      const { lost, failure } = closed(state.cluster, context, command.peer, command.refused);
      for (const waiting of lost) requestFailed(state, waiting, failure, context);
      return roundMayBeOver(state, context);
    }
    default: {
      const waiting = answerTo(state.cluster, context, command.correlationId);
      // nobody waits for it any more: kafkajs logs "response without match"
      if (waiting) {
        tellAnswered(state.cluster, waiting, context);
        responded(state, waiting, command, context);
      }
      return roundMayBeOver(state, context);
    }
  }
}

/** The last worker of a round has become idle: the loop goes on. */
function roundMayBeOver(state: Consumer, context: Context): void {
  if (state.busy === 0 && state.phase === 'working') goOn(state, roundOver(state), context);
}

function setPaused(state: Consumer, paused: boolean): void {
  state.paused = paused;
  for (const owned of state.owned) owned.paused = paused;
}
