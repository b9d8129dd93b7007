/**
 * The life of a consumer: join, fetch until something fails, back off, crash and start again, stop. Failures of the
 * fetch loop share one budget of retries; success does not refill it, a rebalance does (K-67).
 * Source: kafkajs consumer/runner.js scheduleFetchManager and stop, consumer/index.js onCrash.
 */
import { factType } from '../../kernel/fact';
import type { Context } from '../../kernel/machine';
import { ms } from '../../kernel/time';
import { say } from './calls';
import { abandonAll, ask, clientIdOf, nextCorrelationId, seedsOf } from './cluster';
import { idleWorker, type Consumer, type Phase } from './consumer-state';
import { isRebalancing, notRetriable, retriesExceeded, type Failure } from './failure';
import { emptyFetch, fetchNext, type Turn } from './fetch';
import { startJoin, type JoinTurn } from './join';
import { newRetry, nextWait } from './retry';

/** The driver's own reminder to fetch again after a failure. */
export interface RetryLoop {
  readonly type: 'RetryLoop';
}
/** The driver's own reminder to start again after a crash of the client (not of the process). */
export interface StartAgain {
  readonly type: 'StartAgain';
}

const ConsumerCrashed = factType('failed', 'ConsumerCrashed');

/** Phases that end by themselves soon, after which a consumer that was told to stop leaves. */
const busyPhases: readonly Phase[] = [
  'working',
  'fetching',
  'seeking',
  'loading offsets',
  'listing offsets',
  'beating',
  'resetting',
];

/** The first thing a consumer does. */
export function startLife(state: Consumer, context: Context): void {
  state.running = false;
  state.memberId = '';
  state.paused = false;
  delete state.pauses;
  state.seeks = [];
  state.lastHeartbeatAt = context.now;
  afterJoin(state, startJoin(state, 'start', context), context);
}

/** Goes on after a step of joining. */
export function afterJoin(state: Consumer, turn: JoinTurn, context: Context): void {
  if (turn === 'wait') return;
  if (turn === 'joined') {
    // kafkajs goes back into the same loop only when the join came from within a fetch
    if (state.joinFrom === 'fetch') return goOn(state, emptyFetch(state, context), context);
    state.loopRetry = newRetry();
    state.running = true;
    return goOn(state, 'next', context);
  }
  if (state.joinFrom === 'start') return crash(state, turn, context);
  loopFailed(state, turn, context);
}

/** Goes on after a step of the fetch loop. */
export function goOn(state: Consumer, turn: Turn, context: Context): void {
  if (turn === 'wait') return;
  if (!state.running) return leave(state, context);
  if (turn === 'next') return goOn(state, fetchNext(state, context), context);
  if (turn === 'rejoin') return afterJoin(state, startJoin(state, 'fetch', context), context);
  loopFailed(state, turn, context);
}

/** The loop failed: join again, try again later, or crash. */
export function loopFailed(state: Consumer, failure: Failure, context: Context): void {
  if (isRebalancing(failure) || failure.type === 'UNKNOWN_MEMBER_ID') {
    if (isRebalancing(failure)) say(state, { is: 'REBALANCING' }, context);
    if (failure.type === 'UNKNOWN_MEMBER_ID') state.memberId = '';
    return afterJoin(state, startJoin(state, 'runner', context), context);
  }
  if (!failure.retriable) return crash(state, notRetriable(failure), context);
  const wait = nextWait(state.loopRetry, state.options.retry, context.random('retry'));
  if (wait === null) return crash(state, retriesExceeded(failure, state.loopRetry.waitMs), context);
  const again: RetryLoop = { type: 'RetryLoop' };
  state.timer = context.after(wait, again);
  state.phase = 'backing off';
}

/** Told to stop: at once where nothing is going on, else after the present message or request. */
export function stop(state: Consumer, context: Context): void {
  if (state.phase === 'stopped' || state.phase === 'leaving') {
    state.restartAfter = null;
    return;
  }
  state.running = false;
  state.restartAfter = null;
  if (!busyPhases.includes(state.phase)) leave(state, context);
}

/** Out of the group: alone again, for good or for a while. */
export function left(state: Consumer, context: Context): void {
  abandonAll(state.cluster, context);
  const known = state.cluster.brokers.map(({ host }) => host);
  for (const host of new Set([...seedsOf(state.options), ...known, state.coordinator])) {
    if (host !== '') context.disconnect(host);
  }
  const { restartAfter } = state;
  state.timer = 0;
  state.restartAfter = null;
  state.memberId = '';
  state.owned = [];
  state.workers = state.workers.map(idleWorker);
  state.busy = 0;
  state.queue = [];
  state.beating = false;
  state.cluster.freshUntil = 0;
  state.phase = 'stopped';
  say(state, { is: 'STOP' }, context);
  const { crashed } = state;
  delete state.crashed;
  if (crashed) say(state, { is: 'CRASH', failure: crashed }, context);
  if (restartAfter === null) return;
  const again: StartAgain = { type: 'StartAgain' };
  state.timer = context.after(restartAfter, again);
  state.phase = 'waiting to start again';
}

/** The client crashes, not the process: it leaves the group in good order and starts again if that may help. */
function crash(state: Consumer, failure: Failure, context: Context): void {
  const { name, message, restart, retryTimeMs } = failure;
  if (state.options.observer !== undefined) state.crashed = failure;
  const wasRunning = state.running;
  state.running = false;
  state.restartAfter = restart ? ms(retryTimeMs ?? state.options.retry.initialRetryTime) : null;
  context.emit({
    is: ConsumerCrashed,
    subject: context.self,
    amount: restart ? 1 : 0,
    group: state.options.groupId,
    detail: `${name}: ${message}`,
  });
  if (wasRunning) leave(state, context);
  else left(state, context);
}

function leave(state: Consumer, context: Context): void {
  if (state.timer !== 0) context.cancel(state.timer);
  abandonAll(state.cluster, context);
  state.beating = false;
  if (state.memberId === '') return left(state, context);
  const { cluster, options, memberId } = state;
  state.phase = 'leaving';
  ask(cluster, context, state.coordinator, {
    type: 'LeaveGroupRequest',
    correlationId: nextCorrelationId(cluster),
    clientId: clientIdOf(cluster, context),
    groupId: options.groupId,
    memberId,
  });
}
