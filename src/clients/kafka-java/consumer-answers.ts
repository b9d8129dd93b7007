/** What became of a consumer's requests, told to whoever waits for it: the membership, positions, fetches, a call. */
import type { KafkaResponse, OffsetCommitRequest, OffsetCommitResponse } from '../../brokers/kafka/protocol';
import type { Context } from '../../kernel/machine';
import type { Asking, Result } from './consumer-calls';
import { commitError, commitTrouble, fenced, isAsync, noteCommitted } from './consumer-commit';
import { fetched } from './consumer-fetch';
import { learnMetadata } from './consumer-metadata';
import { learnCommitted, learnListed, listingLost, offsetsTrouble } from './consumer-positions';
import type { ConsumerState } from './consumer-state';
import { coordinatorFound, coordinatorNotFound } from './coordinator';
import type { Thrown } from './exceptions';
import { membershipOf } from './memberships';
import type { Waiting } from './wire';

/** The answer to a request. What is returned is thrown by the call that is being made. */
export function answered(
  state: ConsumerState,
  waiting: Waiting,
  response: KafkaResponse,
  context: Context,
): Thrown | null {
  const { now } = context;
  switch (response.type) {
    case 'MetadataResponse':
      learnMetadata(state, response, now);
      return null;
    case 'FindCoordinatorResponse': {
      const thrown = coordinatorFound(state, response, now);
      if (state.member && thrown === null) membershipOf(state).answered(state, waiting, response, context);
      return thrown;
    }
    case 'FetchResponse':
      if (waiting.request.type === 'FetchRequest') fetched(state, waiting.request, response, waiting.host);
      return null;
    case 'ListOffsetsResponse':
      return learnListed(state, response, now);
    case 'OffsetFetchResponse': {
      if (waiting.purpose === 'positions') return learnCommitted(state, response, now);
      const outcome = offsetsTrouble(state, response);
      if (outcome === 'again') callAgain(state, context);
      else if (outcome !== 'known') return outcome;
      else callDone(state, 'committed', committedIn(response));
      return null;
    }
    case 'OffsetCommitResponse':
      return commitAnswered(state, waiting, response, context);
    default:
      if (state.member) membershipOf(state).answered(state, waiting, response, context);
      return null;
  }
}

/** A request will not be answered: its connection is gone (DisconnectException, which is always tried again). */
export function requestLost(state: ConsumerState, waiting: Waiting, context: Context): void {
  const { request, purpose, host } = waiting;
  if (host === state.coordinator.host && waiting.channel === 'coordinator') state.coordinator.host = null;
  state.metadata.isWanted = true;
  switch (request.type) {
    case 'FindCoordinatorRequest':
      return coordinatorNotFound(state, context.now);
    case 'ListOffsetsRequest':
      return listingLost(state, request.topics, context.now);
    case 'OffsetFetchRequest':
      if (purpose === 'call') callAgain(state, context);
      return;
    case 'OffsetCommitRequest':
      if (purpose === 'call') callAgain(state, context);
      if (isAsync(waiting)) asyncDone(state, context);
      break;
    default:
      break;
  }
  if (state.member) membershipOf(state).lost(state, waiting, context);
}

function commitAnswered(
  state: ConsumerState,
  waiting: Waiting,
  response: OffsetCommitResponse,
  context: Context,
): Thrown | null {
  const code = commitError(response);
  if (code === 'NONE') {
    noteCommitted(state, waiting.request as OffsetCommitRequest);
    if (isAsync(waiting)) state.asyncCommits--;
    if (waiting.purpose === 'call') callDone(state, 'commitSync', null);
    if (state.member) membershipOf(state).answered(state, waiting, response, context);
    return null;
  }
  let thrown = commitTrouble(state, code);
  if (thrown === null) {
    requestFailedForNow(state, waiting, context);
    return null;
  }
  // without a membership the coordinator has nothing to say but that others are in the group
  if (thrown === undefined)
    thrown =
      state.member && !state.isManual
        ? membershipOf(state).commitRefused(state, waiting, code, context)
        : { name: 'CommitFailedException', message: code };
  if (isAsync(waiting)) {
    state.asyncCommits--;
    if (thrown.name === fenced.name) state.isFenced = true;
    return null;
  }
  if (waiting.purpose === 'prepare') return null;
  return endsClose(state) ? null : thrown;
}

/** A retriable error: who waits tries again a little later. */
function requestFailedForNow(state: ConsumerState, waiting: Waiting, context: Context): void {
  if (waiting.purpose === 'call') callAgain(state, context);
  if (isAsync(waiting)) asyncDone(state, context);
  if (state.member) membershipOf(state).lost(state, waiting, context);
}

/** An auto-commit that failed for now is due again soon. */
function asyncDone(state: ConsumerState, { now }: Context): void {
  state.asyncCommits--;
  state.nextAutoCommit = Math.min(state.nextAutoCommit, now + state.config.retryBackoff);
}

function callAgain(state: ConsumerState, { now }: Context): void {
  if (state.asking?.stage !== 'waiting') return;
  state.asking = { ...state.asking, stage: 'due', retryAt: now + state.config.retryBackoff };
}

function callDone(state: ConsumerState, is: Asking['call']['is'], result: Result): void {
  const { asking } = state;
  if (asking?.stage === 'waiting' && (asking.call.is === is || asking.call.is === 'close'))
    state.asking = { ...asking, stage: 'done', result };
}

/** close() does not throw what its commit does. */
function endsClose(state: ConsumerState): boolean {
  if (state.asking?.call.is !== 'close') return false;
  state.asking = { ...state.asking, stage: 'done' };
  return true;
}

function committedIn(
  response: Extract<KafkaResponse, { readonly type: 'OffsetFetchResponse' }>,
): number | null {
  const offset = response.topics[0]?.partitions[0]?.committedOffset ?? -1;
  return offset < 0 ? null : offset;
}
