/**
 * What a program may ask of its running consumer, from inside a handler or beside it: pause, resume, commit, show a sign
 * of life; and what the consumer lets it see. Source: kafkajs consumer/index.js, runner.js, subscriptionState.js.
 */
import type { Assignment, OffsetCommitRequest } from '../../brokers/kafka/protocol';
import type { Context, Tagged } from '../../kernel/machine';
import type { Time } from '../../kernel/time';
import type { MessageId } from '../../kernel/bodies';
import { actors, commitDue, requestCommit, uncommittedTopics } from './commit';
import type { Consumer, Owned } from './consumer-state';
import type { Failure } from './failure';
import { beat, heartbeatDue } from './heartbeat';
import { commitsByItself } from './options';

/** `consumer.pause` and `resume`; without partitions the whole topic, whatever is assigned later too. */
export interface PausePartitions extends Tagged {
  readonly type: 'PausePartitions' | 'ResumePartitions';
  readonly topics: readonly { readonly topic: string; readonly partitions?: readonly number[] }[];
}

/** `commitOffsets` of these, or `commitOffsetsIfNecessary` of what was resolved. Answered by `Called`. */
export interface CallCommit extends Tagged {
  readonly type: 'CallCommit';
  readonly ticket: number;
  /** Left out: what was resolved, if a commit is due. */
  readonly topics?: OffsetCommitRequest['topics'];
}

/** `heartbeat()` of a handler: sends one if it is due. Answered by `Called`. */
export interface CallBeat extends Tagged {
  readonly type: 'CallBeat';
  readonly ticket: number;
}

export interface Called extends Tagged {
  readonly type: 'Called';
  readonly ticket: number;
  readonly failure: Failure | null;
}

/** `resolveOffset` of an eachBatch handler: done up to here, this one included. */
export interface ResolveOffset extends Tagged {
  readonly type: 'ResolveOffset';
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** Driver → program: a whole batch (`eachBatch`). Answer `Handled` or `HandlingFailed`. */
export interface HandleBatch extends Tagged {
  readonly type: 'HandleBatch';
  readonly ticket: number;
  readonly topic: string;
  readonly partition: number;
  readonly highWatermark: number;
  readonly lastOffset: number;
  readonly records: readonly {
    readonly message: MessageId;
    readonly position: number;
    readonly timestamp: Time;
  }[];
}

/** What happened to the consumer, for whoever listens: kafkajs's instrumentation events. */
export type ConsumerNews =
  | {
      readonly is: 'GROUP_JOIN';
      readonly memberId: string;
      readonly leaderId: string;
      readonly generation: number;
      readonly protocol: string;
      readonly assignment: Assignment;
    }
  | { readonly is: 'HEARTBEAT' | 'REBALANCING' | 'STOP' | 'FETCH' }
  | {
      readonly is: 'START_BATCH_PROCESS' | 'END_BATCH_PROCESS';
      readonly topic: string;
      readonly partition: number;
      readonly highWatermark: number;
      /** Records for the handler. */
      readonly size: number;
      readonly first: number;
      readonly last: number;
      /** Milliseconds. */
      readonly took: number;
    }
  | {
      readonly is: 'COMMIT_OFFSETS';
      readonly topics: OffsetCommitRequest['topics'];
      /** The program said which. */
      readonly isAsked: boolean;
    }
  | { readonly is: 'CRASH'; readonly failure: Failure };

export interface ConsumerSaid extends Tagged {
  readonly type: 'ConsumerSaid';
  readonly news: ConsumerNews;
}

/** Per topic, as kafkajs's SubscriptionState. Immutable. */
export interface PauseState {
  readonly all: boolean;
  readonly paused: readonly number[];
  readonly resumed: readonly number[];
}

export function say({ options }: Consumer, news: ConsumerNews, context: Context): void {
  if (options.observer === undefined) return;
  const said: ConsumerSaid = { type: 'ConsumerSaid', news };
  context.tell(options.observer, said);
}

export function pausePartitions(state: Consumer, { type, topics }: PausePartitions): void {
  const pauses = new Map(state.pauses);
  for (const { topic, partitions } of topics) {
    const known = pauses.get(topic) ?? { all: false, paused: [], resumed: [] };
    pauses.set(topic, (type === 'PausePartitions' ? paused : resumed)(known, partitions));
  }
  state.pauses = pauses;
  for (const owned of state.owned) owned.paused = isPaused(state, owned.topic, owned.partition);
}

export function isPaused(state: Consumer, topic: string, partition: number): boolean {
  const known = state.pauses?.get(topic);
  if (!known) return state.paused;
  return (known.all && !known.resumed.includes(partition)) || known.paused.includes(partition);
}

function paused(known: PauseState, partitions: readonly number[] | undefined): PauseState {
  if (!partitions) return { all: true, paused: [], resumed: [] };
  return {
    all: false,
    paused: [...new Set([...known.paused, ...partitions])],
    resumed: known.resumed.filter((one) => !partitions.includes(one)),
  };
}

function resumed(known: PauseState, partitions: readonly number[] | undefined): PauseState {
  if (!partitions) return { all: false, paused: [], resumed: [] };
  return {
    ...known,
    paused: known.paused.filter((one) => !partitions.includes(one)),
    resumed: known.all ? [...new Set([...known.resumed, ...partitions])] : known.resumed,
  };
}

export function callCommit(state: Consumer, { ticket, topics }: CallCommit, context: Context): void {
  if (topics === undefined && !(commitsByItself(state.options) && commitDue(state, context.now)))
    return answerCall(state, ticket, null, context);
  const which = topics ?? uncommittedTopics(state);
  if (which.length === 0 || !state.running) return answerCall(state, ticket, null, context);
  requestCommit(state, actors.call - ticket, which, context);
}

export function callBeat(state: Consumer, { ticket }: CallBeat, context: Context): void {
  if (!heartbeatDue(state, context.now)) return answerCall(state, ticket, null, context);
  state.beatCalls = [...(state.beatCalls ?? []), ticket];
  beat(state, context);
}

/** A heartbeat has ended: handlers may wait for it. */
export function answerBeatCalls(state: Consumer, failure: Failure | null, context: Context): void {
  const { beatCalls } = state;
  if (!beatCalls) return;
  delete state.beatCalls;
  for (const ticket of beatCalls) answerCall(state, ticket, failure, context);
}

export function answerCall(
  { options }: Consumer,
  ticket: number,
  failure: Failure | null,
  context: Context,
): void {
  if (options.observer === undefined) return;
  const called: Called = { type: 'Called', ticket, failure };
  context.tell(options.observer, called);
}

export function resolveOffset(state: Consumer, { topic, partition, offset }: ResolveOffset): void {
  const owned = state.owned.find((one: Owned) => one.topic === topic && one.partition === partition);
  if (owned) owned.resolved = offset + 1;
}
