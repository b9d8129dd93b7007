/**
 * rabbit_fifo.erl, apply/3: what each command does. The same commands in the same order lead to the same state, wherever
 * they are applied. Versions differ in delivery limits, priorities, single active consumers and the order of returns.
 */
import { ms, type Time } from '../../../kernel/time';
import { ChunkedLog } from '../../../kernel/structures/chunked-log';
import { checkOut, checkOutOne, expireHead, takeNext } from './check-out';
import {
  noEffects,
  type Checkout,
  type Dequeue,
  type Enqueue,
  type FifoCommand,
  type FifoEffects,
  type FifoReply,
  type RegisterEnqueuer,
  type Requeue,
  type Settle,
} from './commands';
import { activateNext, addConsumer, cancelConsumer, channelDown, nodeDown, nodeUp } from './consumers';
import { beginDeadLettering, settleDeadLetter } from './dead-letters';
import { consumerKey, readyCount, type Enqueuer, type FifoState } from './fifo-state';
import { isBelowLowLimit, isOverLimit, keepLimit } from './limits';
import { completeMessages, discardMessages, requeueMessage, returnMessages } from './settling';
import { newConsumer } from './service';
import { newWeightedQueue } from './weighted-queue';
import type { ChannelRef } from '../queue-type';

const enqueued: FifoReply = { type: 'Enqueued' };
const notEnqueued: FifoReply = { type: 'NotEnqueued' };
const mayPublish: FifoReply = { type: 'Status', status: 'go' };
const mayNotPublish: FifoReply = { type: 'Status', status: 'reject-publish' };
const nothing: FifoReply = { type: 'DequeuedNothing' };
const unsupported: FifoReply = { type: 'Unsupported' };

/** Applies the next command of the log. `now` is the time the leader took it. */
export function applyCommand(
  fifo: FifoState,
  command: FifoCommand,
  now: Time,
  effects: FifoEffects = noEffects,
): FifoReply {
  fifo.index++;
  if (command.type === 'RegisterEnqueuer') return register(fifo, command.channel);
  const wasBelow = isBelowLowLimit(fifo);
  const reply = change(fifo, command, now, effects);
  keepLimit(fifo, wasBelow, effects);
  return reply;
}

function change(
  fifo: FifoState,
  command: Exclude<FifoCommand, RegisterEnqueuer>,
  now: Time,
  effects: FifoEffects,
): FifoReply {
  switch (command.type) {
    case 'Enqueue':
      return enqueue(fifo, command, now, effects);
    case 'Settle':
    case 'Return':
    case 'Discard':
      settle(fifo, command, now, effects);
      return null;
    case 'Requeue':
      requeue(fifo, command, now, effects);
      return null;
    case 'Checkout':
      return consume(fifo, command, now, effects);
    case 'Dequeue':
      return dequeue(fifo, command, now, effects);
    case 'Purge':
      return { type: 'Purged', count: purge(fifo, effects) };
    default:
      changeOthers(fifo, command, now, effects);
      checkOut(fifo, now, effects);
      return null;
  }
}

type OtherCommand = Exclude<
  FifoCommand,
  {
    readonly type:
      'Enqueue' | 'RegisterEnqueuer' | Settle['type'] | 'Requeue' | 'Checkout' | 'Dequeue' | 'Purge';
  }
>;

function changeOthers(fifo: FifoState, command: OtherCommand, now: Time, effects: FifoEffects): void {
  switch (command.type) {
    case 'CancelCheckout':
      cancelConsumer(fifo, consumerKey(command.channel, command.tag), now);
      break;
    case 'ChannelDown':
      channelDown(fifo, command.channel, now, effects);
      break;
    case 'NodeDown':
      nodeDown(fifo, command.node, now, effects);
      break;
    case 'NodeUp':
      nodeUp(fifo, command.node);
      break;
    case 'CheckoutDeadLetters':
      beginDeadLettering(fifo.deadLetters, command.prefetch);
      break;
    case 'SettleDeadLetters':
      for (const id of command.ids) settleDeadLetter(fifo.deadLetters, id);
      break;
    case 'Expire':
      break;
  }
}

function register(fifo: FifoState, channel: ChannelRef): FifoReply {
  enqueuerOf(fifo, channel);
  return fifo.config.overflow === 'reject-publish' && isOverLimit(fifo) ? mayNotPublish : mayPublish;
}

function enqueue(fifo: FifoState, command: Enqueue, now: Time, effects: FifoEffects): FifoReply {
  const { channel, seq, publication } = command;
  if (channel !== null) {
    const enqueuer = enqueuerOf(fifo, channel);
    if (seq > enqueuer.next) return notEnqueued;
    // it was sent again after a leader had gone, and had arrived already
    if (seq < enqueuer.next) return enqueued;
    enqueuer.next++;
  }
  const message = {
    index: fifo.index,
    publication,
    acquired: 0,
    since: now,
    expiresAt: expiryOf(fifo, command, now),
  };
  const isHigh = fifo.config.version !== '3.10' && (publication.properties.priority ?? 4) > highestNormal;
  (isHigh ? fifo.messages.high : fifo.messages.normal).push(message);
  fifo.readyBytes += publication.sizeBytes;
  effects.accepted(message);
  checkOut(fifo, now, effects);
  return enqueued;
}

/** Priorities above are high ones (rabbit_fifo.erl, priority_tag/1). */
const highestNormal = 4;

/** The lesser of the queue's and the message's own time to live. 0 means this very millisecond. */
function expiryOf({ config }: FifoState, { publication }: Enqueue, now: Time): Time | null {
  const own = publication.properties.expiration;
  if (own === undefined && config.messageTtl === null) return null;
  const ttl = Math.min(config.messageTtl ?? Infinity, own === undefined ? Infinity : ms(Number(own)));
  return now + Math.max(ttl, ms(1));
}

function enqueuerOf({ enqueuers }: FifoState, channel: ChannelRef): Enqueuer {
  let enqueuer = enqueuers.get(channel.key);
  if (!enqueuer) enqueuers.set(channel.key, (enqueuer = { channel, next: 1, blocked: false }));
  return enqueuer;
}

function settle(fifo: FifoState, command: Settle, now: Time, effects: FifoEffects): void {
  const consumer = fifo.consumers.get(consumerKey(command.channel, command.tag));
  if (!consumer) return;
  if (command.type === 'Return') {
    returnMessages(fifo, consumer, command.ids, now, effects);
  } else {
    if (command.type === 'Discard') discardMessages(fifo, consumer, command.ids, effects);
    completeMessages(fifo, consumer, command.ids, now);
    if (fifo.config.version !== '3.10') activateNext(fifo);
  }
  checkOut(fifo, now, effects);
}

function requeue(fifo: FifoState, { channel, tag, id }: Requeue, now: Time, effects: FifoEffects): void {
  const consumer = fifo.consumers.get(consumerKey(channel, tag));
  if (!consumer || !requeueMessage(fifo, consumer, id, now)) return;
  checkOut(fifo, now, effects);
}

function consume(fifo: FifoState, command: Checkout, now: Time, effects: FifoEffects): FifoReply {
  const { nextId, checkedOut } = addConsumer(fifo, command, now);
  const reply: FifoReply = { type: 'CheckedOut', nextId, inHand: checkedOut.size };
  checkOut(fifo, now, effects);
  return reply;
}

/** basic.get: a consumer that takes one, and lives until that is settled. */
function dequeue(fifo: FifoState, command: Dequeue, now: Time, effects: FifoEffects): FifoReply {
  if (fifo.config.singleActiveConsumer) return unsupported;
  fifo.lastActive = now;
  // asked for once more, because the answer was lost with a leader
  const [known] = fifo.consumers.get(consumerKey(command.channel, command.tag))?.checkedOut ?? [];
  if (known) return { type: 'Dequeued', id: known[0], message: known[1], ready: readyCount(fifo) };
  expireHead(fifo, now, effects);
  const message = takeNext(fifo);
  if (!message) return nothing;
  const consumer = newConsumer(fifo, { ...command, prefetch: 1, priority: 0, noAck: command.settled });
  consumer.once = true;
  fifo.consumers.set(consumer.key, consumer);
  const id = checkOutOne(fifo, consumer, message);
  if (command.settled) completeMessages(fifo, consumer, [id], now);
  return { type: 'Dequeued', id, message, ready: readyCount(fifo) };
}

/** All that is ready. What consumers have stays theirs. */
function purge(fifo: FifoState, effects: FifoEffects): number {
  const count = readyCount(fifo);
  for (const messages of [fifo.returns, fifo.messages.high, fifo.messages.normal])
    for (const message of messages) effects.purged(message);
  fifo.messages = newWeightedQueue();
  fifo.returns = new ChunkedLog();
  fifo.readyBytes = 0;
  return count;
}
