/**
 * What the program calls, one after another as by one thread (kafka-clients 4.3.1 KafkaProducer.java): a call that has
 * to wait holds up those behind it, for max.block.ms where it waits for metadata, memory or a coordinator.
 */
import { factType } from '../../kernel/fact';
import type { Context } from '../../kernel/machine';
import { toMs, type Time } from '../../kernel/time';
import { returned, threw } from './calls';
import { retriable, type Thrown } from './exceptions';
import { forgetAll } from './connection';
import { wantTopic, wantUpdate } from './metadata';
import { tellFailed } from './producer-answers';
import { append, memoryInUse, memoryNeeded, type Appending } from './producer-append';
import { failedState } from './producer-sequences';
import { hasIncomplete, laneName, type Called, type Producer, type ProducerCall } from './producer-state';
import { payloadOf, sizeUpperBound } from './record-size';
import { callTransaction } from './producer-transactions';
import { errorThrown, failureFor, type Failure } from './transacting';

const PublishedFact = factType('published', 'RecordPublished');
const FailedFact = factType('failed', 'SendFailed');

type Send = Extract<ProducerCall, { readonly is: 'send' }>;

/** Carries out what can be; whether anything was. */
export function makeCalls(state: Producer, context: Context): boolean {
  let hasMoved = false;
  while (state.calls.length > 0) {
    const [first] = state.calls;
    if (first.since === null) replaceFirst(state, begun(state, first, context));
    if (!carryOut(state, state.calls[0], context)) break;
    state.calls = state.calls.slice(1);
    hasMoved = true;
  }
  return hasMoved;
}

/** When the first has waited too long; Infinity: it waits for as long as it takes. */
export function nextCallDeadline({ calls, options }: Producer): Time {
  const [first] = calls;
  if (!first || first.since === null || first.call.is === 'flush' || first.call.is === 'close')
    return Infinity;
  return first.since + options.maxBlock;
}

function begun(state: Producer, called: Called, context: Context): Called {
  const { call } = called;
  const began = { ...called, since: context.now, seen: state.metadata.version };
  if (call.is !== 'send') return began;
  const subject = `${state.metadata.cluster}/${call.topic}`;
  return { ...began, cause: context.emit({ is: PublishedFact, subject, message: call.message }) };
}

/** false: it waits. */
function carryOut(state: Producer, called: Called, context: Context): boolean {
  const { call, caller } = called;
  if (state.isClosed) {
    refuse(called, { name: 'IllegalStateException', message: 'Cannot perform operation after producer has been closed' }, state, context); // prettier-ignore
    return true;
  }
  switch (call.is) {
    case 'send':
      return send(state, called, call, context);
    case 'partitionsFor': {
      const known = awaitTopic(state, called, call.topic, null, context);
      if (known === 'wait') return false;
      if (known !== 'known') refuse(called, known, state, context);
      else context.tell(caller.replyTo, returned(caller, state.metadata.known.get(call.topic)!.sorted));
      return true;
    }
    case 'flush':
      if (hasIncomplete(state)) return false;
      context.tell(caller.replyTo, returned(caller));
      return true;
    case 'close':
      return close(state, called, context);
    default: {
      const outcome = callTransaction(state, called, call, context);
      if (outcome === 'wait') return false;
      if (outcome === 'done') context.tell(caller.replyTo, returned(caller));
      else refuse(called, outcome, state, context);
      return true;
    }
  }
}

function send(state: Producer, called: Called, call: Send, context: Context): boolean {
  const { caller } = called;
  state.isExhausted = false;
  const known = awaitTopic(state, called, call.topic, call.partition, context);
  if (known === 'wait') return false;
  const appending = known === 'known' ? appendingOf(state, called, call, context) : known;
  if ('message' in appending) {
    refuse(called, appending, state, context);
    failedState(state, appending);
    return true;
  }
  const { bufferMemory, maxBlock } = state.options;
  const needed = memoryNeeded(state, appending, context);
  const free = bufferMemory - memoryInUse(state);
  if (needed > free) {
    state.isExhausted = true;
    if (called.since! + maxBlock > context.now) return false;
    state.isExhausted = false;
    const message = `Failed to allocate ${needed} bytes within the configured max blocking time ${toMs(maxBlock)} ms. Total memory: ${bufferMemory} bytes. Available memory: ${free} bytes. Poolable size: ${state.options.batchSize} bytes`;
    refuse(called, { name: 'BufferExhaustedException', message }, state, context);
    failedState(state, failureFor('REQUEST_TIMED_OUT', message));
    return true;
  }
  const partition = append(state, appending, context);
  const wrong =
    state.options.transactionalId === null ? null : addToTransaction(state, call.topic, partition);
  if (wrong) {
    tellFailed(state, caller, wrong, context);
    if ('code' in wrong) failedState(state, wrong as Failure);
  }
  return true;
}

/** What is appended, or why it cannot be (KafkaProducer.java doSend). */
function appendingOf(
  state: Producer,
  { caller, cause }: Called,
  { topic, partition, message, timestamp }: Send,
  context: Context,
): Appending | Failure {
  const { maxRequestSize, bufferMemory } = state.options;
  const body = context.body(message);
  const payload = payloadOf(body);
  const size = sizeUpperBound(payload);
  if (size > maxRequestSize)
    return failureFor(
      'MESSAGE_TOO_LARGE',
      `The message is ${size} bytes when serialized which is larger than ${maxRequestSize}, which is the value of the max.request.size configuration.`,
    );
  if (size > bufferMemory)
    return failureFor(
      'MESSAGE_TOO_LARGE',
      `The message is ${size} bytes when serialized which is larger than the total memory buffer you have configured with the buffer.memory configuration.`,
    );
  const at = timestamp ?? context.now;
  const isTombstone = body.data['value'] === null ? { isTombstone: true as const } : {};
  return {
    ...{ topic: state.metadata.known.get(topic)!, partition, key: body.key, payload, timestamp: at },
    record: { message, key: body.key, timestamp: at, ...isTombstone, cause },
    waiter: caller,
  };
}

/** The broker adds it when it is written to (transaction version 2); the producer only has to be in a transaction. */
function addToTransaction(
  { transacting, options }: Producer,
  topic: string,
  partition: number,
): Thrown | null {
  const lane = laneName(topic, partition);
  const thrown = errorThrown(transacting, options.transactionalId);
  if (thrown) {
    // what a broker has said is handed to the callback, and is one more failure
    const code = transacting.error!.code;
    return thrown.name === 'KafkaException' ? thrown : { ...thrown, code } as Failure; // prettier-ignore
  }
  const refused = (why: string): Thrown => ({
    name: 'IllegalStateException',
    message: `Cannot add partition ${lane} to transaction ${why}`,
  });
  if (transacting.producerId < 0) return refused('before completing a call to initTransactions');
  if (transacting.is !== 'IN_TRANSACTION') return refused(`while in state  ${transacting.is}`);
  if (!transacting.partitions.includes(lane)) transacting.partitions = [...transacting.partitions, lane];
  transacting.isStarted = true;
  return null;
}

/** Until the topic, and the partition where one was named, is in the metadata (KafkaProducer.java waitOnMetadata). */
function awaitTopic(
  state: Producer,
  called: Called,
  topic: string,
  partition: number | null,
  context: Context,
): 'known' | 'wait' | Failure {
  const { metadata, options } = state;
  wantTopic(metadata, topic);
  const count = metadata.known.get(topic)?.indexes.length;
  if (count !== undefined && (partition === null || partition < count)) return 'known';
  const error = metadata.errors.get(topic);
  if (error === 'INVALID_TOPIC_EXCEPTION') return failureFor(error, `Invalid topics: [${topic}]`);
  if (error !== undefined && retriable(error) === 'never') return failureFor(error);
  const waitedMs = toMs(options.maxBlock);
  if (called.since! + options.maxBlock <= context.now)
    return failureFor(
      'REQUEST_TIMED_OUT',
      count === undefined
        ? `Topic ${topic} not present in metadata after ${waitedMs} ms.`
        : `Partition ${partition} of topic ${topic} with partition count ${count} is not present in metadata after ${waitedMs} ms.`,
    );
  if (called.seen !== metadata.version || called.since === context.now) {
    replaceFirst(state, { ...called, seen: metadata.version });
    wantUpdate(metadata);
  }
  return 'wait';
}

/** Everything is sent, then nobody answers any more; a transaction that is open is aborted by nobody but its timeout. */
function close(state: Producer, { caller }: Called, context: Context): boolean {
  if (hasIncomplete(state)) return false;
  state.isClosed = true;
  forgetAll(state.network, context);
  for (const host of new Set(state.metadata.brokers.map((broker) => broker.host))) context.disconnect(host);
  context.tell(caller.replyTo, returned(caller));
  return true;
}

function refuse(
  { caller, call, cause }: Called,
  thrown: Pick<Thrown, 'name' | 'message'>,
  state: Producer,
  context: Context,
): void {
  if (call.is === 'send') {
    const subject = `${state.metadata.cluster}/${call.topic}`;
    const detail = `${thrown.name}: ${thrown.message}`;
    context.emit({ is: FailedFact, subject, message: call.message, detail, cause });
    tellFailed(state, caller, thrown, context);
  } else context.tell(caller.replyTo, threw(caller, { name: thrown.name, message: thrown.message }));
}

function replaceFirst(state: Producer, called: Called): void {
  state.calls = [called, ...state.calls.slice(1)];
}
