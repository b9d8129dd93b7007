/**
 * Works through fetched batches, one message after another, and calls `eachMessage` for each: the handler part beside
 * this driver. A failure ends its own batch; the others of the same fetch are still worked through before anybody
 * hears of it. Source: kafkajs consumer/runner.js processEachMessage and handleBatch, workerQueue.js, worker.js.
 */
import type { Handle, HandlingFailed } from '../../kernel/delivery';
import { distanceIn, indexFrom, offsetIn } from '../../brokers/kafka/protocol/records';
import { factType } from '../../kernel/fact';
import type { Context } from '../../kernel/machine';
import { say, type HandleBatch } from './calls';
import { commitDue, commitMessage, startCommit } from './commit';
import type { Consumer, Work, Worker } from './consumer-state';
import { deliveredBefore } from './delivered';
import { handlerFailure, isRebalancing, type Failure } from './failure';
import { beat, heartbeatDue } from './heartbeat';
import { isSought } from './seek';

const Delivered = factType('delivered', 'RecordDelivered');
const Redelivered = factType('redelivered', 'RecordRedelivered');
const HandlerFailed = factType('failed', 'HandlerFailed');

/** A handler that lets an error of the client itself pass says which: the loop must know it. */
export interface HandlingFailedWith extends HandlingFailed {
  readonly failure?: Failure;
}

/** How many handled batches the picture remembers per partition when nothing is ever committed. */
const handledMax = 32;

/** Batches of one fetch: workers take them in order. Look at `busy` afterwards: 0 means there was nothing to do. */
export function startRound(state: Consumer, works: readonly Work[], context: Context): void {
  state.queue = works;
  state.roundFailure = null;
  for (const worker of state.workers) {
    state.busy++;
    takeNext(state, worker, context);
  }
}

/** The handler is done with its message. The hot path: once per message. */
export function handled(state: Consumer, ticket: number, context: Context): void {
  const worker = workerOf(state, ticket);
  if (!worker) return;
  const work = worker.work!;
  if (state.options.eachBatch) return batchHandled(state, worker, work, context);
  const batch = work.batches[worker.batch];
  state.owned[work.owned].resolved = offsetIn(batch, worker.record) + 1;
  worker.record++;
  if (heartbeatDue(state, context.now)) return waitForBeat(state, worker, 'beat after message', context);
  if (!afterMessage(state, worker, context)) takeNext(state, worker, context);
}

/** The handler threw: what is done is committed, then the batch is given up and fetched again later. */
export function handlingFailed(
  state: Consumer,
  { ticket, error, failure }: HandlingFailedWith,
  context: Context,
): void {
  const worker = workerOf(state, ticket);
  if (!worker) return;
  const work = worker.work!;
  const batch = work.batches[worker.batch];
  context.emit({
    is: HandlerFailed,
    subject: state.owned[work.owned].address,
    message: batch.records[worker.record].message,
    position: offsetIn(batch, worker.record),
    group: state.options.groupId,
    detail: error,
  });
  fail(state, worker, failure ?? handlerFailure(error), true, context);
}

/** Everybody who waited for the heartbeat goes on, or gives up. */
export function beatDone(state: Consumer, failure: Failure | null, context: Context): void {
  const waiting = state.workers.filter(({ stage }) => stage.startsWith('beat'));
  for (const worker of waiting) {
    if (failure) fail(state, worker, failure, isRebalancing(failure), context);
    else if (worker.stage !== 'beat after message' || !afterMessage(state, worker, context)) {
      takeNext(state, worker, context);
    }
  }
}

/** A worker's commit was answered. */
export function commitDone(state: Consumer, worker: Worker, failure: Failure | null, context: Context): void {
  worker.committingSince = -1;
  if (failure) return fail(state, worker, failure, false, context);
  if (worker.stage === 'commit before failing') return fail(state, worker, worker.failure!, false, context);
  if (worker.stage === 'commit before message') return handOver(state, worker, context);
  const waits =
    worker.stage === 'commit after message'
      ? goOn(state, worker, context)
      : beatIfDue(state, worker, 'beat after batch', context);
  if (!waits) takeNext(state, worker, context);
}

/** Gives batches to a worker until it has to wait or there are none. */
function takeNext(state: Consumer, worker: Worker, context: Context): void {
  for (;;) {
    const [work, ...rest] = state.queue;
    worker.work = work ?? null;
    if (!work) {
      worker.stage = 'idle';
      state.busy--;
      return;
    }
    state.queue = rest;
    // handleBatch returns at once when the consumer has been told to stop
    if (state.running && begin(state, worker, work, context)) return;
  }
}

/** Starts on a batch; false when it is over already. */
function begin(state: Consumer, worker: Worker, work: Work, context: Context): boolean {
  const { batches, fetchOffset } = work;
  if (batches.length > 0 || (work.lastOffset ?? -1) >= 0)
    tellBatch(state, work, 'START_BATCH_PROCESS', context);
  if (batches.length === 0) return passOver(state, worker, work, context);
  const owned = state.owned[work.owned];
  owned.handled = [...owned.handled, ...batches].slice(-handledMax);
  worker.batch = 0;
  worker.commitFirst = state.options.commitFirst;
  // a stored batch may begin before the offset asked for: those records were not asked for (consumer/batch.js)
  worker.record = indexFrom(batches[0], fetchOffset);
  if (state.options.eachBatch) return deliverBatch(state, worker, work, context);
  return deliver(state, worker, context);
}

/**
 * Nothing in it is for the handler: the position moves past it, and is committed only if a commit is due (runner.js
 * handleBatch, isEmptyDueToFiltering). So a group's lag stays at one behind a transaction's marker (K-29).
 */
function passOver(
  state: Consumer,
  worker: Worker,
  { owned, lastOffset = -1 }: Work,
  context: Context,
): boolean {
  if (lastOffset >= 0) {
    state.owned[owned].resolved = lastOffset + 1;
    if (commitDue(state, context.now) && startCommit(state, state.workers.indexOf(worker), context)) {
      worker.stage = 'commit after batch';
      return true;
    }
  }
  return beatIfDue(state, worker, 'beat on empty batch', context);
}

/** Hands a whole batch over (runner.js processEachBatch). */
function deliverBatch(state: Consumer, worker: Worker, work: Work, context: Context): boolean {
  const { address, note, topic, partition } = state.owned[work.owned];
  const { groupId: group, handler } = state.options;
  const records = work.batches.flatMap((batch) =>
    batch.records.flatMap(({ message, timestamp }, index) => {
      const position = offsetIn(batch, index);
      if (position < work.fetchOffset) return [];
      const is = deliveredBefore(context.notes, note, position) ? Redelivered : Delivered;
      context.emit({
        is,
        subject: address,
        message,
        position,
        group,
        cause: batch.firstFact + distanceIn(batch, index),
      });
      return [{ message, position, timestamp }];
    }),
  );
  worker.stage = 'handler';
  worker.ticket = ++state.lastTicket;
  const handle: HandleBatch = {
    ...{ type: 'HandleBatch', ticket: worker.ticket, topic, partition, records },
    ...{ highWatermark: work.highWatermark ?? -1, lastOffset: lastOffsetOf(work) },
  };
  context.tell(handler, handle);
  return true;
}

function batchHandled(state: Consumer, worker: Worker, work: Work, context: Context): void {
  if (state.options.eachBatch === 'resolve') state.owned[work.owned].resolved = lastOffsetOf(work) + 1;
  if (!endBatch(state, worker, context)) takeNext(state, worker, context);
}

function lastOffsetOf({ batches, lastOffset }: Work): number {
  return lastOffset ?? batches[batches.length - 1].lastOffset;
}

/** Hands the next record to the handler; false when the batch is over and nothing is waited for. */
function deliver(state: Consumer, worker: Worker, context: Context): boolean {
  const work = worker.work!;
  const owned = state.owned[work.owned];
  if (!state.running || isSought(state, owned)) return endBatch(state, worker, context);
  let batch = work.batches[worker.batch];
  while (batch !== undefined && worker.record >= batch.records.length) {
    worker.record = 0;
    batch = work.batches[++worker.batch];
  }
  if (batch === undefined) return endBatch(state, worker, context);
  const position = offsetIn(batch, worker.record);
  worker.cause = context.emit({
    is: deliveredBefore(context.notes, owned.note, position) ? Redelivered : Delivered,
    subject: owned.address,
    message: batch.records[worker.record].message,
    position,
    group: state.options.groupId,
    cause: batch.firstFact + distanceIn(batch, worker.record),
  });
  if (worker.commitFirst) {
    worker.stage = 'commit before message';
    commitMessage(state.workers.indexOf(worker), owned, position, context);
  } else handOver(state, worker, context);
  return true;
}

/** The handler begins to work on the record. */
function handOver(state: Consumer, worker: Worker, context: Context): void {
  const work = worker.work!;
  const batch = work.batches[worker.batch];
  const { message, timestamp } = batch.records[worker.record];
  const { address: source } = state.owned[work.owned];
  const { groupId: group, handler } = state.options;
  const position = offsetIn(batch, worker.record);
  worker.stage = 'handler';
  worker.ticket = ++state.lastTicket;
  const delivery = {
    ...{ message, source, position, group, cause: worker.cause },
    ...(state.options.observer === undefined ? {} : { timestamp }),
  };
  const handle: Handle = { type: 'Handle', ticket: worker.ticket, replyTo: context.part, delivery };
  context.tell(handler, handle);
}

/** After a message and its heartbeat: a commit inside the batch if one is due. */
function afterMessage(state: Consumer, worker: Worker, context: Context): boolean {
  if (
    !worker.commitFirst &&
    commitDue(state, context.now) &&
    startCommit(state, state.workers.indexOf(worker), context)
  ) {
    worker.stage = 'commit after message';
    return true;
  }
  return goOn(state, worker, context);
}

function goOn(state: Consumer, worker: Worker, context: Context): boolean {
  if (state.owned[worker.work!.owned].paused) return endBatch(state, worker, context);
  return deliver(state, worker, context);
}

/** For whoever listens. How long it took is not measured: a handler's time is the program's own. */
function tellBatch(
  state: Consumer,
  work: Work,
  is: 'START_BATCH_PROCESS' | 'END_BATCH_PROCESS',
  context: Context,
): void {
  if (state.options.observer === undefined) return;
  const { topic, partition } = state.owned[work.owned];
  const { batches, highWatermark = -1, fetchOffset } = work;
  const size = batches.reduce((sum, { records }) => sum + records.length, 0);
  const last = batches.length > 0 ? lastOffsetOf(work) : (work.lastOffset ?? fetchOffset);
  const first = Math.max(fetchOffset, batches[0]?.baseOffset ?? fetchOffset);
  say(state, { is, topic, partition, highWatermark, size, first, last, took: 0 }, context);
}

/** After the last message of a batch: always a commit, then a heartbeat if one is due. */
function endBatch(state: Consumer, worker: Worker, context: Context): boolean {
  tellBatch(state, worker.work!, 'END_BATCH_PROCESS', context);
  if (commitsAfter(state, worker) && startCommit(state, state.workers.indexOf(worker), context)) {
    worker.stage = 'commit after batch';
    return true;
  }
  return beatIfDue(state, worker, 'beat after batch', context);
}

function beatIfDue(state: Consumer, worker: Worker, stage: Worker['stage'], context: Context): boolean {
  if (!heartbeatDue(state, context.now)) return false;
  waitForBeat(state, worker, stage, context);
  return true;
}

function waitForBeat(state: Consumer, worker: Worker, stage: Worker['stage'], context: Context): void {
  worker.stage = stage;
  beat(state, context);
}

/** Gives the batch up, after a commit of what is done if that is wanted, and goes on with the next one. */
function fail(state: Consumer, worker: Worker, failure: Failure, commit: boolean, context: Context): void {
  if (commit && commitsAfter(state, worker) && startCommit(state, state.workers.indexOf(worker), context)) {
    worker.stage = 'commit before failing';
    worker.failure = failure;
    return;
  }
  worker.failure = null;
  const { order } = worker.work!;
  if (state.roundFailure === null || order < state.roundFailure.order)
    state.roundFailure = { order, failure };
  takeNext(state, worker, context);
}

/** A batch that began so is committed after its work, whatever has been said since. */
function commitsAfter({ options }: Consumer, { commitFirst }: Worker): boolean {
  return options.autoCommit && !commitFirst;
}

function workerOf({ workers }: Consumer, ticket: number): Worker | undefined {
  const [first] = workers;
  if (first.ticket === ticket) return first.stage === 'handler' ? first : undefined;
  return workers.find((worker) => worker.ticket === ticket && worker.stage === 'handler');
}
