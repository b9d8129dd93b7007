/** What became of a consumer's requests, told to whoever waits for it: joining, the fetch loop, or a worker. */
import type { KafkaResponse, OffsetCommitRequest, OffsetCommitResponse } from '../../brokers/kafka/protocol';
import { invariant } from '../../kernel/invariant';
import type { Context } from '../../kernel/machine';
import type { InFlight } from './cluster';
import { answerBeatCalls, answerCall, say } from './calls';
import { actors, commitError, noteCommitted, startCommit, type OffsetsCommitted } from './commit';
import type { Consumer } from './consumer-state';
import { isRebalancing, type Failure } from './failure';
import {
  fetched,
  fetchFailed,
  fetchNext,
  offsetsListed,
  offsetsLoaded,
  resetDone,
  keepArrived,
} from './fetch';
import { heartbeatAnswered } from './heartbeat';
import {
  coordinatorFound,
  deal,
  findCoordinator,
  joinAnswered,
  startJoin,
  syncAnswered,
  joinLater,
} from './join';
import { learnMetadata, metadataFailed } from './metadata';
import { learnCommitted, learnListed } from './offsets';
import { commitsByItself } from './options';
import { afterJoin, goOn, left, loopFailed } from './runner';
import { seekCommitted, seekFailed } from './seek';
import { isTransactional, transactionAnswered, transactionLost } from './transactional-commit';
import { beatDone, commitDone } from './worker';

/** A response to a request that was waiting for it. */
export function responded(
  state: Consumer,
  waiting: InFlight,
  response: KafkaResponse,
  context: Context,
): void {
  if (state.transaction && isTransactional(waiting.request)) {
    const failure = transactionAnswered(state, response, context);
    return failure ? commitEnded(state, waiting.actor, failure, context) : undefined;
  }
  switch (response.type) {
    case 'FetchResponse':
      if (waiting.request.type !== 'FetchRequest') break;
      if (state.options.hosts && state.phase !== 'fetching')
        return keepArrived(state, waiting.request, response);
      return goOn(state, fetched(state, waiting.request, response, context), context);
    case 'OffsetCommitResponse':
      return commitAnswered(state, waiting, response, context);
    case 'HeartbeatResponse':
      return beaten(state, heartbeatAnswered(state, response, context.now), context);
    case 'MetadataResponse': {
      const failure = learnMetadata(state.cluster, context, response);
      if (state.cluster.refreshing) return;
      return failure ? metadataLost(state, failure, context) : metadataArrived(state, context);
    }
    case 'FindCoordinatorResponse':
      return afterJoin(state, coordinatorFound(state, response, context), context);
    case 'JoinGroupResponse':
      return afterJoin(state, joinAnswered(state, response, context), context);
    case 'SyncGroupResponse':
      return afterJoin(state, syncAnswered(state, response, context), context);
    case 'OffsetFetchResponse': {
      const failure = learnCommitted(state, response, context);
      const turn = failure ? fetchFailed(state, failure, context) : offsetsLoaded(state, context);
      return goOn(state, turn, context);
    }
    case 'ListOffsetsResponse': {
      const failure = learnListed(state, response, context);
      const turn = failure ? fetchFailed(state, failure, context) : offsetsListed(state, context);
      return goOn(state, turn, context);
    }
    case 'LeaveGroupResponse':
      return left(state, context);
    default:
      break;
  }
  invariant(false, `a broker answers what it was asked, and a consumer asks for no ${response.type}`);
}

/** A request that will not be answered. */
export function requestFailed(state: Consumer, waiting: InFlight, failure: Failure, context: Context): void {
  if (state.transaction && isTransactional(waiting.request))
    return commitEnded(state, waiting.actor, transactionLost(state, failure), context);
  switch (waiting.request.type) {
    case 'MetadataRequest': {
      const over = metadataFailed(state.cluster, context, failure);
      return over ? metadataLost(state, over, context) : undefined;
    }
    case 'FindCoordinatorRequest':
    case 'JoinGroupRequest':
      // cluster/index.js findGroupCoordinator tries a node that is down again, after fresh metadata
      if (failure.name === 'KafkaJSConnectionError')
        return afterJoin(state, joinLater(state, failure, context), context);
      return afterJoin(state, failure, context);
    case 'SyncGroupRequest':
      return afterJoin(state, failure, context);
    case 'HeartbeatRequest':
      state.beating = false;
      return beaten(state, failure, context);
    case 'OffsetCommitRequest':
      return commitFailed(state, waiting, failure, context);
    case 'LeaveGroupRequest':
      return left(state, context);
    case 'FetchRequest':
      // of another node than the one whose batches are worked through: the next fetch finds out
      if (state.options.hosts && state.phase !== 'fetching') return;
      // cluster/index.js findBroker
      if (failure.name === 'KafkaJSConnectionError') state.cluster.freshUntil = 0;
      return goOn(state, fetchFailed(state, failure, context), context);
    default:
      return goOn(state, fetchFailed(state, failure, context), context);
  }
}

/** A worker's commit, or the loop's last one, has ended: well (null) or badly. */
export function commitEnded(state: Consumer, actor: number, failure: Failure | null, context: Context): void {
  if (actor === actors.loop) return goOn(state, failure ?? state.loopFailure ?? 'next', context);
  commitDone(state, state.workers[actor], failure, context);
}

function commitFailed(
  state: Consumer,
  { request, actor }: InFlight,
  failure: Failure,
  context: Context,
): void {
  if (actor <= actors.call) return answerCall(state, actors.call - actor, failure, context);
  if (actor >= actors.loop) return commitEnded(state, actor, failure, context);
  // a reset is part of recovering from a failure: what fails there is not recovered from
  if (actor === actors.reset) return loopFailed(state, failure, context);
  seekFailed(state, (request as OffsetCommitRequest).topics, failure, context);
  goOn(state, fetchFailed(state, failure, context), context);
}

function commitAnswered(
  state: Consumer,
  waiting: InFlight,
  response: OffsetCommitResponse,
  context: Context,
): void {
  const failure = commitError(response);
  if (failure) return commitFailed(state, waiting, failure, context);
  const { topics } = waiting.request as OffsetCommitRequest;
  if (waiting.actor <= actors.call) {
    noteCommitted(state, { topics }, context.now);
    say(state, { is: 'COMMIT_OFFSETS', topics, isAsked: true }, context);
    return answerCall(state, actors.call - waiting.actor, null, context);
  }
  if (waiting.actor >= actors.loop) {
    const step: OffsetsCommitted = {
      type: 'OffsetsCommitted',
      step: 'committed',
      actor: waiting.actor,
      topics,
    };
    return context.tell(context.part, step);
  }
  const [{ name, partitions }] = topics as [OffsetCommitRequest['topics'][number]];
  const { partitionIndex } = partitions[0];
  if (waiting.actor === actors.reset)
    return goOn(state, resetDone(state, name, partitionIndex, context), context);
  seekCommitted(state, name, partitionIndex);
  goOn(state, fetchNext(state, context), context);
}

/** A heartbeat has ended: workers and the fetch loop may wait for it. */
function beaten(state: Consumer, failure: Failure | null, context: Context): void {
  if (failure === null) say(state, { is: 'HEARTBEAT' }, context);
  answerBeatCalls(state, failure, context);
  if (state.phase !== 'beating') return beatDone(state, failure, context);
  if (failure === null) return goOn(state, 'next', context);
  if (isRebalancing(failure) && commitsByItself(state.options) && startCommit(state, actors.loop, context)) {
    state.loopFailure = failure;
    return;
  }
  goOn(state, failure, context);
}

function metadataArrived(state: Consumer, context: Context): void {
  switch (state.phase) {
    case 'connecting':
      return afterJoin(state, findCoordinator(state, context), context);
    case 'leading':
      return afterJoin(state, deal(state, context), context);
    case 'relearning':
      return afterJoin(state, startJoin(state, 'fetch', context), context);
    case 'refreshing':
      return goOn(state, fetchNext(state, context), context);
    default:
      return;
  }
}

function metadataLost(state: Consumer, failure: Failure, context: Context): void {
  switch (state.phase) {
    case 'connecting':
    case 'leading':
      return afterJoin(state, failure, context);
    case 'relearning':
    case 'refreshing':
      return goOn(state, failure, context);
    default:
      return;
  }
}
