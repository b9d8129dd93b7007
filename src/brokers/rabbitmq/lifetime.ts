/** How a broker begins, what a crash leaves of it, and how it is copied. */
import { BadOption } from '../../kernel/options';
import { cloneChannel } from './channel';
import { settingsOf } from './options';
import { cloneCluster, newCluster, restartCluster } from './cluster/cluster-state';
import { applyChange, nextBirth } from './metadata';
import { withType } from './arguments';
import {
  checkExchangeType,
  checkMatch,
  checkName,
  checkNewExchange,
  checkNewQueue,
  checkNotDefault,
  missingEnd,
} from './declarations';
import { Refused, replyOf } from './refusal';
import { typeOf, typeOfQueue } from './queue-types';
import { cloneTraffic } from './traffic';
import type { Publication, QueueDefinition } from './queue-type';
import type { BindingSpec, ExchangeSpec, QueueSpec, RabbitmqSpec } from './spec';
import type { Binding, BrokerState, Exchange, ExchangeType } from './state';

/** Exchanges that are always there. */
const builtIn: readonly (readonly [string, ExchangeType])[] = [
  ['', 'direct'],
  ['amq.direct', 'direct'],
  ['amq.fanout', 'fanout'],
  ['amq.topic', 'topic'],
  ['amq.headers', 'headers'],
  ['amq.match', 'headers'],
];

/** Throws BadOption when a client could not declare what the scenario says. */
export function newBroker(spec: RabbitmqSpec): BrokerState {
  const { name, version = '4.0', node = 1 } = spec;
  const state: BrokerState = {
    name,
    version,
    settings: settingsOf(spec.options, version),
    node,
    connections: new Map(),
    exchanges: new Map(),
    bindings: new Map(),
    queues: new Map(),
    traffic: new Map(),
    held: new Map(),
    pending: [],
    births: 0,
    names: 0,
    alarm: false,
    lost: [],
    cluster: newCluster(spec.nodes ?? 1, node),
  };
  for (const [exchange, type] of builtIn) putExchange(state, { name: exchange, type });
  for (const exchange of spec.exchanges ?? [])
    asDeclared(`exchange "${exchange.name}" of "${name}"`, () => declareExchange(state, exchange));
  for (const queue of spec.queues ?? [])
    asDeclared(`queue "${queue.name}" of "${name}"`, () => putQueue(state, queue));
  for (const binding of spec.bindings ?? [])
    asDeclared(`binding from "${binding.source}" to "${binding.destination}" of "${name}"`, () => putBinding(state, binding)); // prettier-ignore
  return state;
}

/** Throws BadOption with what RabbitMQ would say to a client. */
function asDeclared(what: string, declare: () => void): void {
  try {
    declare();
  } catch (error) {
    throw error instanceof Refused ? new BadOption(`${what}: ${replyOf(error.refusal).replyText}`) : error;
  }
}

function declareExchange(state: BrokerState, spec: ExchangeSpec): void {
  checkExchangeType(spec.type, state.version);
  checkNotDefault(spec.name);
  checkNewExchange(spec.name, spec.arguments ?? {});
  putExchange(state, spec);
}

function putExchange(state: BrokerState, spec: ExchangeSpec): void {
  const { name, type, durable = true, autoDelete = false, internal = false, arguments: table = {} } = spec;
  const address = `${state.name}/exchange/${name}`;
  const exchange: Exchange = { name, address, type: type as ExchangeType, durable, autoDelete, internal, arguments: table }; // prettier-ignore
  applyChange(state, { type: 'PutExchange', exchange });
}

/** Of a cluster's queues that are there from the beginning: where classic ones are, and who leads others at first. */
const first = 1;

function putQueue(state: BrokerState, spec: QueueSpec): void {
  const { name, durable = true, autoDelete = false, arguments: given = {} } = spec;
  const table = withType(given, state.version);
  checkName('queue', name);
  const declaration = { name, durable, autoDelete, arguments: table };
  const kind = checkNewQueue({ ...declaration, exclusive: false }, state.version);
  const definition: QueueDefinition = {
    ...declaration,
    address: `${state.name}/queue/${name}`,
    kind,
    owner: null,
    node: first,
    birth: nextBirth(state, 0),
  };
  applyChange(state, { type: 'PutQueue', queue: definition });
  if (definition.kind === 'classic' && state.node !== first) return;
  const { version, node } = state;
  const nodes = state.cluster?.nodes ?? [node];
  state.held.set(name, typeOf(definition.kind)!.create(definition, { version, node, nodes }));
}

function putBinding(state: BrokerState, spec: BindingSpec): void {
  const { source, destination, destinationType = 'queue', routingKey = '', arguments: table = {} } = spec;
  const binding: Binding = { source, destination, destinationType, routingKey, arguments: table };
  const missing = missingEnd(state, binding);
  if (missing !== null) throw new Refused('NOT_FOUND', `no ${missing}`);
  checkMatch(state, binding);
  applyChange(state, { type: 'Bind', binding });
}

/** Durable exchanges and queues, and bindings between them; queues know what is left of what they held. */
export function restartBroker(state: BrokerState): void {
  state.connections.clear();
  state.pending.length = 0;
  restartCluster(state.cluster);
  state.alarm = false;
  state.traffic.clear();
  for (const { name, durable, address: subject } of [...state.queues.values()]) {
    const queue = state.held.get(name);
    const lose = ({ message }: Publication, position: number) =>
      state.lost.push({ subject, message, position });
    const left = queue ? typeOfQueue(queue).restart(queue, lose) : null;
    if (left) state.held.set(name, left);
    else {
      state.held.delete(name);
      if (!durable) applyChange(state, { type: 'DeleteQueue', name });
    }
  }
  for (const { name, durable } of [...state.exchanges.values()]) {
    if (!durable) applyChange(state, { type: 'DeleteExchange', name });
  }
}

export function cloneBroker(state: BrokerState): BrokerState {
  return {
    ...state,
    connections: new Map(
      [...state.connections].map(([id, connection]) => [
        id,
        {
          ...connection,
          channels: new Map([...connection.channels].map(([number, channel]) => [number, cloneChannel(channel)])), // prettier-ignore
          unread: connection.unread.slice(),
        },
      ]),
    ),
    exchanges: new Map(state.exchanges),
    bindings: new Map(state.bindings),
    queues: new Map(state.queues),
    traffic: cloneTraffic(state.traffic),
    held: new Map([...state.held].map(([name, queue]) => [name, typeOfQueue(queue).clone(queue)])),
    pending: state.pending.slice(),
    lost: state.lost.slice(),
    cluster: cloneCluster(state.cluster),
  };
}
