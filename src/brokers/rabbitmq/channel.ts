/** A channel: one method after the other, each answered before the next is looked at (rabbit_channel.erl). */
import { NumberMap } from '../../kernel/structures/number-map';
import { noteUse } from './ack-timeout';
import { say } from './channels';
import { fail, release } from './close';
import { isClustered } from './cluster/cluster-state';
import { awaitQueue } from './cluster/await-queue';
import { beginTransaction, changesMetadata } from './cluster/transactions';
import { sendConfirms } from './confirms';
import { cancel, consume, get, qos } from './consume';
import { publish, handOver } from './publish';
import type { ClientMethod, QueueDelete, QueuePurge } from './protocol';
import type { ChannelRef, QueuePort } from './queue-type';
import { callQueue } from './queues';
import { Refused } from './refusal';
import { recover, settle, takeEffect } from './settle';
import type { BrokerState, Channel } from './state';
import { accessible, bindExchange, bindQueue, declareExchange, declareQueue, deleteExchange, queueNamed } from './topology'; // prettier-ignore
import { newTx } from './tx';

export function newChannel(ref: ChannelRef, now: number): Channel {
  return {
    ref,
    phase: 'open',
    confirms: false,
    tx: null,
    publishSeq: 1,
    unconfirmed: new NumberMap(),
    confirmed: [],
    refused: [],
    flush: null,
    nextTag: 1,
    unacked: new NumberMap(),
    consumers: new Map(),
    prefetch: 0,
    globalPrefetch: 0,
    globalUsed: 0,
    suspended: [],
    lastQueue: '',
    replyConsumer: null,
    awaiting: null,
    waiting: [],
    tick: null,
    tickFrom: now,
    usedAt: now,
  };
}

export function cloneChannel(channel: Channel): Channel {
  const { tx } = channel;
  return {
    ...channel,
    tx: tx && { ...tx, publications: tx.publications.slice(), settlements: tx.settlements.slice() },
    unconfirmed: channel.unconfirmed.clone(),
    confirmed: channel.confirmed.slice(),
    refused: channel.refused.slice(),
    unacked: channel.unacked.clone(),
    consumers: new Map(channel.consumers),
    waiting: channel.waiting.slice(),
  };
}

/** What comes while a queue has yet to answer waits. */
export function handleOnChannel(
  state: BrokerState,
  channel: Channel,
  method: ClientMethod,
  port: QueuePort,
): void {
  // prettier-ignore
  noteUse(channel, port.context);
  if (channel.awaiting !== null) {
    channel.waiting.push(method);
    return;
  }
  if (isClustered(state) && changesMetadata(method)) beginTransaction(state, channel, method, port);
  else handleLocked(state, channel, method, port);
}

/** Nothing has to be waited for. */
export function handleLocked(
  state: BrokerState,
  channel: Channel,
  method: ClientMethod,
  port: QueuePort,
): void {
  try {
    if (channel.tx !== null && channel.tx.phase !== 'open') refuseWhileCommitting(method);
    handle(state, channel, method, port);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.awaits !== null && isClustered(state) && state.version !== '3.10') {
      return awaitQueue(state, channel, method, error.awaits, port);
    }
    fail(state, channel, error.refusal, method.type, port);
  }
  // without any queue to wait for it is confirmed at once
  if (channel.confirmed.length > 0 && channel.flush === null) sendConfirms(channel, port.context);
}

export function continueChannel(state: BrokerState, channel: Channel, port: QueuePort): void {
  while (channel.awaiting === null) {
    const next = channel.waiting.shift();
    if (next === undefined) return;
    handleOnChannel(state, channel, next, port);
  }
}

function refuseWhileCommitting({ type }: ClientMethod): void {
  if (type === 'ChannelClose') return;
  throw new Refused('CHANNEL_ERROR', "unexpected command while processing 'tx.commit'");
}

/** One method, in one long list as the protocol has it. */
function handle(state: BrokerState, channel: Channel, method: ClientMethod, port: QueuePort): void {
  const { channel: number } = channel.ref;
  switch (method.type) {
    case 'BasicPublish':
      return publish(state, channel, method, port);
    case 'BasicAck':
      return settle(state, channel, 'ack', method.deliveryTag, method.multiple, port);
    case 'BasicNack':
      return settle(state, channel, method.requeue ? 'requeue' : 'reject', method.deliveryTag, method.multiple, port); // prettier-ignore
    case 'BasicReject':
      return settle(state, channel, method.requeue ? 'requeue' : 'reject', method.deliveryTag, false, port);
    case 'BasicRecover':
      if (!method.requeue) throw new Refused('NOT_IMPLEMENTED', 'requeue=false');
      recover(state, channel, port);
      return say(channel, { type: 'BasicRecoverOk', channel: number }, port.context);
    case 'BasicQos':
      return qos(state, channel, method, port);
    case 'BasicConsume':
      return consume(state, channel, { ...method, queue: queueNamed(channel, method.queue) }, port);
    case 'BasicCancel':
      return cancel(state, channel, method, port);
    case 'BasicGet':
      return get(state, channel, method, port);
    case 'ConfirmSelect':
      if (channel.tx) throw new Refused('PRECONDITION_FAILED', 'cannot switch from tx to confirm mode');
      channel.confirms = true;
      return say(channel, { type: 'ConfirmSelectOk', channel: number }, port.context);
    case 'TxSelect':
    case 'TxCommit':
    case 'TxRollback':
      return handleTx(state, channel, method.type, port);
    default:
      return handleTopology(state, channel, method, port);
  }
}

function handleTopology(state: BrokerState, channel: Channel, method: ClientMethod, port: QueuePort): void {
  const { channel: number } = channel.ref;
  switch (method.type) {
    case 'ExchangeDeclare':
      declareExchange(state, method);
      return say(channel, { type: 'ExchangeDeclareOk', channel: number }, port.context);
    case 'ExchangeDelete':
      deleteExchange(state, method);
      return say(channel, { type: 'ExchangeDeleteOk', channel: number }, port.context);
    case 'ExchangeBind':
    case 'ExchangeUnbind':
      bindExchange(state, channel, method);
      return say(channel, { type: `${method.type}Ok`, channel: number }, port.context);
    case 'QueueBind':
    case 'QueueUnbind':
      bindQueue(state, channel, method);
      return say(channel, { type: `${method.type}Ok`, channel: number }, port.context);
    case 'QueueDeclare':
      return declareQueue(state, channel, method, port);
    case 'QueuePurge':
      return purge(state, channel, method, port);
    case 'QueueDelete':
      return remove(state, channel, method, port);
    case 'ChannelFlow':
      if (!method.active) throw new Refused('NOT_IMPLEMENTED', 'active=false');
      return say(channel, { type: 'ChannelFlowOk', channel: number, active: true }, port.context);
    case 'ChannelOpen':
      throw new Refused('CHANNEL_ERROR', "second 'channel.open' seen");
    case 'ChannelClose':
      return close(state, channel, port);
    default:
      throw new Refused('COMMAND_INVALID', 'unimplemented method');
  }
}

function close(state: BrokerState, channel: Channel, port: QueuePort): void {
  release(state, channel, port);
  say(channel, { type: 'ChannelCloseOk', channel: channel.ref.channel }, port.context);
  channel.phase = 'closing';
  state.connections.get(channel.ref.connection)?.channels.delete(channel.ref.channel);
}

function purge(state: BrokerState, channel: Channel, method: QueuePurge, port: QueuePort): void {
  const { name } = accessible(state, method.queue, channel);
  channel.awaiting = { ...method, queue: name };
  callQueue(state, name, { type: 'Purge' }, channel.ref, port);
}

/** A queue that is not there is deleted already. */
function remove(state: BrokerState, channel: Channel, method: QueueDelete, port: QueuePort): void {
  const name = queueNamed(channel, method.queue);
  if (!state.queues.has(name)) {
    return say(channel, { type: 'QueueDeleteOk', channel: channel.ref.channel, messageCount: 0 }, port.context); // prettier-ignore
  }
  accessible(state, name, channel);
  const { ifUnused, ifEmpty } = method;
  channel.awaiting = { ...method, queue: name };
  callQueue(state, name, { type: 'Delete', ifUnused, ifEmpty }, channel.ref, port);
}

function handleTx(
  state: BrokerState,
  channel: Channel,
  type: 'TxSelect' | 'TxCommit' | 'TxRollback',
  port: QueuePort,
): void {
  // prettier-ignore
  const { tx } = channel;
  const { channel: number } = channel.ref;
  if (type === 'TxSelect') {
    if (channel.confirms) throw new Refused('PRECONDITION_FAILED', 'cannot switch from confirm to tx mode');
    channel.tx ??= newTx();
    return say(channel, { type: 'TxSelectOk', channel: number }, port.context);
  }
  if (tx === null) throw new Refused('PRECONDITION_FAILED', 'channel is not transactional');
  if (type === 'TxRollback') {
    const taken = tx.settlements.flatMap(({ deliveries }) => deliveries);
    const all = [...taken, ...channel.unacked].sort(([a], [b]) => a - b);
    channel.unacked.clear();
    for (const [tag, delivery] of all) channel.unacked.set(tag, delivery);
    channel.tx = newTx();
    return say(channel, { type: 'TxRollbackOk', channel: number }, port.context);
  }
  tx.phase = 'committing';
  for (const { publication, mandatory, queues, seq } of tx.publications) {
    handOver(state, channel, publication, mandatory, queues, seq, port);
  }
  for (const { how, deliveries } of tx.settlements) takeEffect(state, channel, how, deliveries, port);
  const refusal = sendConfirms(channel, port.context);
  if (refusal) fail(state, channel, refusal, 'TxCommit', port);
}
