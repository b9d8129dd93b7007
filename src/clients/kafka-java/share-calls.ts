/**
 * What a program calls on a share consumer (ShareConsumerImpl.java): poll gives what was handed out and takes it as accepted
 * with the next poll, unless the program says of each record what became of it (share.acknowledgement.mode explicit).
 */
import type { Context } from '../../kernel/machine';
import { ms, type Time } from '../../kernel/time';
import { JavaError } from './api';
import { join, leave } from './share-membership';
import { closeSessions, commit } from './share-requests';
import { accept, isSameRecord, renew, type Acknowledged, type Held, type ShareAsking, type ShareCalling, type ShareConsumer } from './share-state'; // prettier-ignore
import type { Caller } from './calls';

/** close waits this long at most (DEFAULT_CLOSE_TIMEOUT_MS). */
const closeTimeout = ms(30_000);

/** What a call comes to; 'wait' while it waits. Throws JavaError where the call throws. */
export type ShareOutcome = 'wait' | { readonly result: unknown };

export function beginCall(
  state: ShareConsumer,
  caller: Caller,
  call: ShareCalling,
  context: Context,
): ShareOutcome {
  const waiting: ShareAsking = {
    ...{ caller, call, until: context.now + timeoutOf(state, call) },
    ...{ outcomes: {}, isLeaving: false },
  };
  switch (call.is) {
    case 'subscribe':
      state.subscribed = [...call.topics];
      join(state, context);
      return { result: null };
    case 'acknowledge':
      acknowledgeOne(state, call);
      return { result: null };
    case 'commitSync':
      if (!state.options.isExplicit) acknowledgeAll(state);
      if (commit(state, 'sync', take(state)) === 0) return { result: {} };
      break;
    case 'poll':
      beginPoll(state, context);
      break;
    case 'close':
      closeSessions(state, [...take(state), ...state.piggyback]);
      state.piggyback = [];
      state.wantsRecords = false;
  }
  state.asking = waiting;
  return 'wait';
}

export function goOnWith(
  state: ShareConsumer,
  { call, isLeaving, outcomes, until }: ShareAsking,
  context: Context,
): ShareOutcome {
  const isOver = context.now >= until;
  switch (call.is) {
    case 'poll': {
      throwFailure(state);
      const records = collect(state);
      return records.length > 0 || isOver ? { result: records } : 'wait';
    }
    case 'commitSync':
      if (state.commits.some(({ is }) => is === 'sync') && !isOver) return 'wait';
      return { result: outcomes };
    default:
      if (state.commits.length > 0 && !isOver) return 'wait';
      if (!isLeaving) {
        leave(state, context);
        state.asking = { ...state.asking!, isLeaving: true };
      }
      return state.member.is === 'leaving' && !isOver ? 'wait' : { result: null };
  }
}

function timeoutOf({ options }: ShareConsumer, call: ShareCalling): Time {
  if (call.is === 'poll') return call.timeout;
  return call.is === 'close' ? closeTimeout : options.apiTimeout;
}

function beginPoll(state: ShareConsumer, context: Context): void {
  throwFailure(state);
  if (!state.options.isExplicit) acknowledgeAll(state);
  else if (state.held.some(({ type }) => type === null))
    throw new JavaError(
      'IllegalStateException',
      'All records must be acknowledged in explicit acknowledgement mode.',
    );
  if (state.subscribed.length === 0)
    throw new JavaError('IllegalStateException', 'Consumer is not subscribed to any topics.');
  state.pollUntil = context.now + state.options.pollInterval;
  if (state.member.is === 'gone' || state.member.is === 'out') join(state, context);
  const acknowledged = take(state);
  // what is there already is given at once, and what was acknowledged goes by itself
  if (state.brought.length > 0 || state.renewed.length > 0) commit(state, 'async', acknowledged);
  else {
    state.wantsRecords = true;
    state.piggyback = [...state.piggyback, ...acknowledged];
  }
}

/** Renewed records come again; else producers' batches until there are max.poll.records, the last one whole (ShareFetchCollector.java). */
function collect(state: ShareConsumer): readonly Held[] {
  if (state.renewed.length > 0) {
    state.held = [...state.held, ...state.renewed];
    state.renewed = [];
    return state.held;
  }
  const { recordsMax } = state.options;
  const records: Held[] = [];
  while (state.brought.length > 0 && records.length < recordsMax) {
    const [next, ...rest] = state.brought;
    const [batch, ...batches] = next.batches;
    if (batch) records.push(...batch);
    if (batches.length > 0) {
      state.brought = [{ ...next, batches }, ...rest];
      continue;
    }
    state.brought = rest;
    state.gaps = [...state.gaps, ...next.gaps];
  }
  state.held = [...state.held, ...records];
  // an answer that holds nothing but gaps is acknowledged for the program
  if (records.length === 0 && state.gaps.length > 0) {
    commit(state, 'async', state.gaps);
    state.gaps = [];
    state.wantsRecords = true;
  }
  return records;
}

function acknowledgeAll(state: ShareConsumer): void {
  state.held = state.held.map((record) => (record.type === null ? { ...record, type: accept } : record));
}

function acknowledgeOne(
  state: ShareConsumer,
  { spot, type }: Extract<ShareCalling, { is: 'acknowledge' }>,
): void {
  if (!state.options.isExplicit)
    throw new JavaError('IllegalStateException', 'Implicit acknowledgement of delivery is being used.');
  if (!state.held.some((record) => isSameRecord(record, spot)))
    throw new JavaError('IllegalStateException', 'The record cannot be acknowledged.');
  state.held = state.held.map((record) => (isSameRecord(record, spot) ? { ...record, type } : record));
}

/** What is acknowledged is the program's no more; gaps go with it (takeAcknowledgedRecords). */
function take(state: ShareConsumer): readonly Acknowledged[] {
  const said = state.held.filter(({ type }) => type !== null);
  state.held = state.held.filter(({ type }) => type === null);
  state.renewing = [...state.renewing, ...said.filter(({ type }) => type === renew)];
  const gaps = said.length > 0 || state.held.length === 0 ? state.gaps : [];
  state.gaps = gaps.length > 0 ? [] : state.gaps;
  return [
    ...said.map(({ host, offset, partition, topic, type }) => ({
      topic,
      partition,
      offset,
      host,
      type: type!,
    })),
    ...gaps,
  ];
}

function throwFailure(state: ShareConsumer): void {
  const { failure } = state;
  if (failure === null) return;
  state.failure = null;
  throw new JavaError(failure.name, failure.message);
}
