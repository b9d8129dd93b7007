/** What a producer does by itself after anything has happened: calls, coordinators, records; then it sleeps until it must look again. */
import type { Context } from '../../kernel/machine';
import { updateMetadata } from './metadata';
import { abortBatches, expire, nextExpiryAt } from './producer-answers';
import { makeCalls, nextCallDeadline } from './producer-calls';
import { nextReadyAt, sendProduceData } from './producer-drain';
import { bumpEpoch, settleUnknown } from './producer-sequences';
import type { Producer } from './producer-state';
import { transact, wantProducerId } from './txn-requests';

/** The producer's own reminder to look again. */
export interface Wake {
  readonly type: 'Wake';
}

export function run(state: Producer, context: Context): void {
  let hasMoved = true;
  while (hasMoved && !state.isClosed) {
    hasMoved = makeCalls(state, context);
    if (send(state, context)) hasMoved = true;
  }
  sleep(state, context);
}

/** One round of the sending thread (Sender.java runOnce). Whether anything moved. */
function send(state: Producer, context: Context): boolean {
  const { transacting: txn, options } = state;
  if (state.isClosed || context.now < state.sleepUntil) return false;
  if (options.isIdempotent) {
    settleUnknown(state);
    if (txn.is === 'FATAL_ERROR') return abortBatches(state, txn.error!, false, context);
    if (options.transactionalId === null) bumpEpoch(state);
    wantProducerId(state);
    const turn = transact(state, context);
    if (turn !== 'produce') return turn === 'again';
  }
  const hasExpired = expire(state, context);
  return sendProduceData(state, context) || hasExpired;
}

function sleep(state: Producer, context: Context): void {
  const { now } = context;
  if (state.isClosed) return setWake(state, Infinity, context);
  const metadataAt = updateMetadata(state.metadata, state.network, true, context);
  const dues = [metadataAt, nextCallDeadline(state), nextExpiryAt(state)];
  dues.push(state.sleepUntil > now ? state.sleepUntil : nextReadyAt(state, now));
  setWake(state, Math.min(...dues), context);
}

function setWake(state: Producer, at: number, context: Context): void {
  if (state.wake?.at === at) return;
  if (state.wake) context.cancel(state.wake.timer);
  const wake: Wake = { type: 'Wake' };
  state.wake = at === Infinity ? null : { at, timer: context.after(Math.max(0, at - context.now), wake) };
}
