/** Declaring, binding and deleting exchanges and queues: checks and their texts as rabbit_channel.erl has them. */
import { queueArguments } from './argument-names';
import { checkSameArguments, shown, unlike, withType } from './arguments';
import { say } from './channels';
import { queueGone } from './confirms';
import {
  checkExchangeType,
  checkMatch,
  checkName,
  checkNewExchange,
  checkNewQueue,
  checkNotDefault,
  missingEnd,
} from './declarations';
import { bare } from './field-values';
import { bindingsOf, changeMetadata, nextBirth } from './metadata';
import type {
  ExchangeBind,
  ExchangeDeclare,
  ExchangeDelete,
  ExchangeUnbind,
  FieldTable,
  QueueBind,
  QueueDeclare,
  QueueUnbind,
} from './protocol';
import type { QueueDefinition, QueuePort } from './queue-type';
import { typeOf as queueType, typeOfQueue } from './queue-types';
import { callQueue, definitionOf } from './queues';
import { inExchange, inQueue, Refused } from './refusal';
import { replyChannel, replyQueue } from './reply-to';
import type { Binding, BrokerState, Channel, Exchange, ExchangeType } from './state';

/** A name that nobody has: "amq.gen-1". Real ones end in 22 random characters. */
export function invent(state: BrokerState, prefix: 'amq.gen' | 'amq.ctag'): string {
  return `${prefix}-${state.node}-${++state.names}`;
}

/** What '' stands for in methods about queues: the one that was declared last on this channel. */
export function queueNamed(channel: Channel, name: string): string {
  if (name !== '') return name;
  if (channel.lastQueue === '') throw new Refused('NOT_FOUND', 'no previously declared queue');
  return channel.lastQueue;
}

/** A queue that this channel may touch. */
export function accessible(state: BrokerState, name: string, channel: Channel): QueueDefinition {
  const definition = definitionOf(state, queueNamed(channel, name));
  checkOwner(definition, channel, false);
  return definition;
}

function checkOwner({ name, owner }: QueueDefinition, { ref }: Channel, strict: boolean): void {
  if (owner !== null && owner.node === ref.node && owner.connection === ref.connection) return;
  if (owner === null && !strict) return;
  throw new Refused(
    'RESOURCE_LOCKED',
    `cannot obtain exclusive access to locked ${inQueue(name)}. It could be originally declared on another ` +
      'connection or the exclusive property value does not match that of the original declaration.',
  );
}

export function declareExchange(state: BrokerState, method: ExchangeDeclare): void {
  const { exchange: name, exchangeType: type } = method;
  if (method.passive) {
    checkNotDefault(name);
    if (!state.exchanges.has(name)) throw new Refused('NOT_FOUND', `no ${inExchange(name)}`);
    return;
  }
  checkExchangeType(type, state.version);
  checkNotDefault(name);
  const known = state.exchanges.get(name);
  if (known) return checkSameExchange(known, method);
  checkNewExchange(name, method.arguments);
  const exchange: Exchange = {
    name,
    address: `${state.name}/exchange/${name}`,
    type: type as ExchangeType,
    durable: method.durable,
    autoDelete: method.autoDelete,
    internal: method.internal,
    arguments: method.arguments,
  };
  changeMetadata(state, { type: 'PutExchange', exchange });
}

function checkSameExchange(known: Exchange, method: ExchangeDeclare): void {
  const where = inExchange(known.name);
  const fields = [
    ['type', known.type, method.exchangeType],
    ['durable', known.durable, method.durable],
    ['auto_delete', known.autoDelete, method.autoDelete],
    ['internal', known.internal, method.internal],
  ] as const;
  for (const [name, current, received] of fields) {
    if (current !== received) unlike(where, name, `'${String(received)}'`, `'${String(current)}'`);
  }
  checkSameArguments(where, ['alternate-exchange'], known.arguments, method.arguments);
}

export function deleteExchange(state: BrokerState, { exchange: name, ifUnused }: ExchangeDelete): void {
  checkNotDefault(name);
  if (name.startsWith('amq.')) {
    throw new Refused('ACCESS_REFUSED', `deletion of system ${inExchange(name)} not allowed`);
  }
  if (!state.exchanges.has(name)) return;
  if (ifUnused && bindingsOf(state, name).length > 0) {
    throw new Refused('PRECONDITION_FAILED', `${inExchange(name)} in use`);
  }
  changeMetadata(state, { type: 'DeleteExchange', name });
}

/** queue.bind and its like; unbinding what is not bound is no mistake. */
export function bindQueue(state: BrokerState, channel: Channel, method: QueueBind | QueueUnbind): void {
  const queue = queueNamed(channel, method.queue);
  const routingKey = method.queue === '' && method.routingKey === '' ? queue : method.routingKey;
  const { exchange: source, arguments: table } = method;
  const binding: Binding = { source, destination: queue, destinationType: 'queue', routingKey, arguments: table }; // prettier-ignore
  changeBinding(state, channel, binding, method.type === 'QueueBind');
}

export function bindExchange(
  state: BrokerState,
  channel: Channel,
  method: ExchangeBind | ExchangeUnbind,
): void {
  const { source, destination, routingKey, arguments: table } = method;
  const binding: Binding = { source, destination, destinationType: 'exchange', routingKey, arguments: table };
  changeBinding(state, channel, binding, method.type === 'ExchangeBind');
}

function changeBinding(state: BrokerState, channel: Channel, binding: Binding, adds: boolean): void {
  const missing = missingEnd(state, binding);
  if (missing !== null) {
    if (!adds) return;
    throw new Refused('NOT_FOUND', `no ${missing}`);
  }
  const queue = binding.destinationType === 'queue' ? state.queues.get(binding.destination) : undefined;
  if (queue) checkOwner(queue, channel, false);
  if (adds) checkMatch(state, binding);
  changeMetadata(state, { type: adds ? 'Bind' : 'Unbind', binding });
}

/** A new queue, or what is known of the one there is. */
export function declareQueue(
  state: BrokerState,
  channel: Channel,
  method: QueueDeclare,
  port: QueuePort,
): void {
  // prettier-ignore
  if (method.queue.startsWith(replyQueue)) return declareReplyQueue(state, channel, method.queue, port);
  if (method.passive) {
    const definition = definitionOf(state, queueNamed(channel, method.queue));
    checkOwner(definition, channel, false);
    return countQueue(state, channel, method, definition.name, port);
  }
  const table = withType(method.arguments, state.version);
  if (method.queue !== '') checkName('queue', method.queue);
  const name = method.queue === '' ? serverNamed(state, table) : method.queue;
  const known = state.queues.get(name);
  if (known) {
    checkSameQueue(known, channel, method, table);
    return countQueue(state, channel, method, name, port);
  }
  createQueue(state, channel, method, name, table, port);
  channel.lastQueue = name;
  const { channel: number } = channel.ref;
  say(channel, { type: 'QueueDeclareOk', channel: number, queue: name, messageCount: 0, consumerCount: 0 }, port.context); // prettier-ignore
}

function serverNamed(state: BrokerState, table: FieldTable): string {
  const kind = bare(table['x-queue-type']) ?? 'classic';
  if (kind === 'classic') return invent(state, 'amq.gen');
  const text = `Cannot declare a server-named queue for type rabbit_${shown(kind)}_queue`;
  throw new Refused('PRECONDITION_FAILED', text);
}

function checkSameQueue(
  known: QueueDefinition,
  channel: Channel,
  method: QueueDeclare,
  table: FieldTable,
): void {
  // prettier-ignore
  const where = inQueue(known.name);
  checkOwner(known, channel, method.exclusive);
  const durable = method.durable && !method.exclusive;
  if (durable !== known.durable) unlike(where, 'durable', `'${durable}'`, `'${known.durable}'`);
  if (method.autoDelete !== known.autoDelete) {
    unlike(where, 'auto_delete', `'${method.autoDelete}'`, `'${known.autoDelete}'`);
  }
  checkSameArguments(where, queueArguments[known.kind], known.arguments, table);
}

function createQueue(
  state: BrokerState,
  channel: Channel,
  method: QueueDeclare,
  name: string,
  table: FieldTable,
  port: QueuePort,
): void {
  const { exclusive, autoDelete } = method;
  const durable = method.durable && !exclusive;
  const kind = checkNewQueue({ name, durable, autoDelete, exclusive, arguments: table }, state.version);
  const definition: QueueDefinition = {
    name,
    address: `${state.name}/queue/${name}`,
    kind,
    durable,
    autoDelete,
    owner: exclusive ? { node: channel.ref.node, connection: channel.ref.connection } : null,
    arguments: table,
    node: state.node,
    birth: nextBirth(state, state.node),
  };
  addQueue(state, definition, port);
}

export function addQueue(state: BrokerState, definition: QueueDefinition, port: QueuePort): void {
  changeMetadata(state, { type: 'PutQueue', queue: definition });
  const type = queueType(definition.kind)!;
  const queue = type.create(definition, port);
  state.held.set(definition.name, queue);
  type.start(queue, port);
}

function countQueue(
  state: BrokerState,
  channel: Channel,
  method: QueueDeclare,
  name: string,
  port: QueuePort,
): void {
  // prettier-ignore
  channel.lastQueue = name;
  channel.awaiting = { ...method, queue: name };
  callQueue(state, name, { type: 'Stat' }, channel.ref, port);
}

function declareReplyQueue(state: BrokerState, channel: Channel, name: string, port: QueuePort): void {
  if (replyChannel(state, name) === undefined) throw new Refused('NOT_FOUND', `no ${inQueue(name)}`);
  const { channel: number } = channel.ref;
  say(channel, { type: 'QueueDeclareOk', channel: number, queue: name, messageCount: 0, consumerCount: 1 }, port.context); // prettier-ignore
}

/** It is gone from everywhere: with its bindings, its consumers, and for publishers that wait for it. */
export function dropQueue(state: BrokerState, definition: QueueDefinition, port: QueuePort): void {
  if (state.queues.get(definition.name)?.birth !== definition.birth) return;
  changeMetadata(state, { type: 'DeleteQueue', name: definition.name });
  const queue = state.held.get(definition.name);
  state.held.delete(definition.name);
  if (queue) typeOfQueue(queue).drop(queue, port);
  for (const connection of state.connections.values()) {
    for (const channel of connection.channels.values()) queueGone(channel, definition.name, port.context);
  }
}
