/**
 * A call goes on: whatever has happened since, each call does all that it can do now, and waits or is answered. That is what the
 * loops in ClassicKafkaConsumer.java come to (poll, commitSync, committed, position, close).
 */
import type { Context } from '../../kernel/machine';
import { ms, type Time } from '../../kernel/time';
import { JavaError } from './api';
import type { Asking, Result } from './consumer-calls';
import { autoCommit, consumed, fenced, sendCommit } from './consumer-commit';
import { collect, sendFetches } from './consumer-fetch';
import { keepMetadata } from './consumer-metadata';
import { fetchOffsets, updatePositions } from './consumer-positions';
import { unknown, type ConsumerState } from './consumer-state';
import { isCoordinatorReady } from './coordinator';
import { membershipOf } from './memberships';
import { isAsking } from './wire';

/** What came of it; 'wait' while it waits. Throws JavaError where the call throws. */
export type Outcome = 'wait' | { readonly result: Result };

/** close waits this long at most (DEFAULT_CLOSE_TIMEOUT_MS). */
const closeTimeout = ms(30_000);

/** When a call that begins now has waited long enough. */
export function deadlineOf({ config }: ConsumerState, call: Asking['call'], now: Time): Time {
  if (call.is === 'poll') return now + call.timeout;
  return now + (call.is === 'close' ? closeTimeout : config.apiTimeout);
}

export function goOn(state: ConsumerState, asking: Asking, context: Context): Outcome {
  keepMetadata(state, context);
  switch (asking.call.is) {
    case 'poll':
      return poll(state, asking, context);
    case 'commitSync':
      return commitSync(state, asking, context);
    case 'committed':
      return committed(state, asking, asking.call.place, context);
    case 'position':
      return position(state, asking, asking.call.place, context);
    case 'close':
      return close(state, asking, context);
    default:
      return { result: null };
  }
}

function poll(state: ConsumerState, { until }: Asking, context: Context): Outcome {
  if (state.subscribed === null && !state.isManual)
    throw new JavaError(
      'IllegalStateException',
      'Consumer is not subscribed to any topics or assigned any partitions',
    );
  throwIfFenced(state);
  const isOver = context.now >= until;
  const isReady = state.member === null || state.isManual || membershipOf(state).poll(state, context);
  if (isReady) autoCommit(state, context);
  if (isReady && !updatePositions(state, context) && !isOver) return 'wait';
  const { records, isEmpty } = collect(state, context);
  // what was found out of range is looked for at once
  if (isReady && isEmpty) updatePositions(state, context);
  sendFetches(state, context);
  keepMetadata(state, context);
  if (!isEmpty) return { result: records };
  return isOver ? { result: [] } : 'wait';
}

function commitSync(state: ConsumerState, asking: Asking, context: Context): Outcome {
  throwIfFenced(state);
  const { offsets, stage, until } = asking;
  if (stage === 'done') return { result: null };
  if (offsets.length === 0)
    return state.asyncCommits === 0 || context.now >= until ? { result: null } : 'wait';
  if (stage === 'waiting' || context.now < asking.retryAt)
    return waitUntil(asking, context, 'committing offsets');
  const sent = sendCommit(state, offsets, 'call', context);
  if (typeof sent !== 'string') throw new JavaError(sent.name, sent.message);
  if (sent === 'sent') state.asking = { ...asking, stage: 'waiting' };
  return waitUntil(asking, context, 'committing offsets');
}

function committed(
  state: ConsumerState,
  asking: Asking,
  place: { readonly topic: string; readonly partition: number },
  context: Context,
): Outcome {
  const { stage, result, retryAt } = asking;
  if (stage === 'done') return { result };
  if (stage === 'due' && context.now >= retryAt && isCoordinatorReady(state, context)) {
    fetchOffsets(state, [place], 'call', context);
    state.asking = { ...asking, stage: 'waiting' };
  }
  return waitUntil(asking, context, 'fetching committed offsets');
}

function position(
  state: ConsumerState,
  asking: Asking,
  { topic, partition }: { readonly topic: string; readonly partition: number },
  context: Context,
): Outcome {
  const one = state.assigned.get(`${topic}-${partition}`);
  if (!one)
    throw new JavaError(
      'IllegalStateException',
      'You can only check the position for partitions assigned to this consumer.',
    );
  if (one.state === 'fetching' && one.position !== unknown) return { result: one.position };
  updatePositions(state, context);
  return waitUntil(asking, context, `determining the position of ${one.name}`);
}

/** Commits what was polled if that is done by itself, leaves the group, and waits for what it has asked the coordinator. */
function close(state: ConsumerState, asking: Asking, context: Context): Outcome {
  const { stage, until, offsets, retryAt } = asking;
  const isOver = context.now >= until;
  if (stage === 'due' && !isOver && offsets.length > 0) {
    if (context.now < retryAt) return 'wait';
    const sent = sendCommit(state, offsets, 'call', context);
    if (sent === 'no coordinator') return 'wait';
    state.asking = { ...asking, stage: sent === 'sent' ? 'waiting' : 'done' };
    return sent === 'sent' ? 'wait' : goOn(state, state.asking, context);
  }
  if (stage === 'waiting' && !isOver) return 'wait';
  if (stage !== 'leaving') {
    if (state.member !== null) membershipOf(state).leave(state, context);
    state.asking = { ...asking, stage: 'leaving' };
  }
  const isAwaiting = isAsking(state.wire, 'LeaveGroupRequest') || state.asyncCommits > 0;
  return isAwaiting && !isOver ? 'wait' : { result: null };
}

/** What a close or a commit of everything commits. */
export function offsetsOf(state: ConsumerState, call: Asking['call']): Asking['offsets'] {
  if (call.is === 'commitSync') return call.offsets ?? consumed(state);
  return call.is === 'close' && state.config.autoCommit ? consumed(state) : [];
}

function throwIfFenced({ isFenced }: ConsumerState): void {
  if (isFenced) throw new JavaError(fenced.name, fenced.message);
}

function waitUntil({ until, call }: Asking, { now }: Context, doing: string): 'wait' {
  if (now < until) return 'wait';
  throw new JavaError('TimeoutException', `Timeout expired before successfully ${doing} (${call.is}).`);
}
