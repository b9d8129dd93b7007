/** The broker as a picture: exchanges with what went through them, and the queues that are on this node. */
import type { Look, PartPicture } from '../../kernel/part';
import type { Address, Route, Stack, Switch } from '../../kernel/shape';
import { isClustered, isUp, type Clustered } from './cluster/cluster-state';
import { bare } from './field-values';
import { bindingsOf } from './metadata';
import type { FieldTable } from './protocol';
import type { QueueState } from './queue-type';
import { typeOfQueue } from './queue-types';
import type { Binding, BrokerState, Exchange } from './state';

/** What was made, or has been used: of the exchanges that are always there most are of no interest. */
export function describe(state: BrokerState, look: Look): PartPicture {
  const exchanges = [...state.exchanges.values()].filter(
    ({ name }) => (name !== '' && !name.startsWith('amq.')) || state.traffic.has(name) || state.bindings.has(name), // prettier-ignore
  );
  const queues = [...state.held.values()].filter((queue) => isHere(state, queue));
  return {
    shapes: [
      ...exchanges.map((exchange) => switchOf(state, exchange, look)),
      ...queues.map((queue) => stackOf(state, queue, look)),
    ],
  };
}

function switchOf(state: BrokerState, exchange: Exchange, look: Look): Switch {
  const { name, type, address, durable, internal, autoDelete } = exchange;
  const traffic = state.traffic.get(name);
  const alternate = bare(exchange.arguments['alternate-exchange']);
  return {
    shape: 'switch',
    ...{ address, name, type, durable, internal, autoDelete },
    routes: bindingsOf(state, name).map((binding) => routeOf(state, exchange, binding)),
    last: traffic
      ? {
          face: look.face(traffic.message),
          routingKey: traffic.routingKey,
          at: traffic.at,
          took: traffic.took.map(idOf),
          became: traffic.became,
        }
      : null,
    published: traffic?.published ?? 0,
    unroutable: traffic?.unroutable ?? 0,
    alternate: typeof alternate === 'string' ? exchangeAddress(state, alternate) : null,
  };
}

function routeOf(state: BrokerState, { name, type }: Exchange, binding: Binding): Route {
  const { destination, destinationType, routingKey } = binding;
  return {
    id: idOf(binding),
    to: `${state.name}/${destinationType}/${destination}`,
    label: type === 'headers' ? headersLabel(binding.arguments) : type === 'fanout' ? '' : routingKey,
    passed: state.traffic.get(name)?.passed.get(binding) ?? 0,
  };
}

function idOf({ destinationType, destination, routingKey, arguments: table }: Binding): string {
  return [destinationType, destination, routingKey, headersLabel(table)].join(' ');
}

function headersLabel(table: FieldTable): string {
  return Object.keys(table)
    .sort()
    .map((name) => `${name}=${JSON.stringify(bare(table[name]) ?? null)}`)
    .join(' ');
}

function exchangeAddress({ name }: BrokerState, exchange: string): Address {
  return `${name}/exchange/${exchange}`;
}

function stackOf(state: BrokerState, queue: QueueState, look: Look): Stack {
  const { definition } = queue;
  const type = typeOfQueue(queue);
  const { ready, unacked } = type.counts(queue);
  const picture = type.describe(queue, look);
  const { name, address, kind, durable, owner, autoDelete } = definition;
  return {
    shape: 'stack',
    ...{ address, name, type: kind, durable, exclusive: owner !== null, autoDelete, ready, unacked },
    ...picture,
    deadLetter: deadLetterOf(state, definition.arguments),
    arguments: worthNaming(definition.arguments),
    ...(picture.left && { left: { ...picture.left, to: leftTo(state, definition.arguments) } }),
    ...(isClustered(state) && replicationOf(state, queue)),
  };
}

/** A node without a copy of a replicated queue knows nothing of it. */
function isHere(state: BrokerState, queue: QueueState): boolean {
  return !isClustered(state) || typeOfQueue(queue).replication?.(queue) !== null;
}

function replicationOf(state: Clustered, queue: QueueState): Pick<Stack, 'members' | 'term'> {
  const known = typeOfQueue(queue).replication?.(queue);
  const { node } = queue.definition;
  const { members, leader } = known ?? { members: [node], leader: node };
  return {
    members: members.map((member) => ({
      process: `${state.name}-${member}`,
      isLeader: member === leader,
      isUp: isUp(state, member),
    })),
    ...(known && { term: known.term }),
  };
}

function deadLetterOf(state: BrokerState, table: FieldTable): Stack['deadLetter'] {
  const exchange = bare(table['x-dead-letter-exchange']);
  if (typeof exchange !== 'string') return null;
  const key = bare(table['x-dead-letter-routing-key']);
  return { exchange: exchangeAddress(state, exchange), routingKey: typeof key === 'string' ? key : null };
}

function leftTo(state: BrokerState, table: FieldTable): Address | null {
  const deadLetter = deadLetterOf(state, table);
  const name = deadLetter?.exchange.slice(exchangeAddress(state, '').length);
  return name !== undefined && state.exchanges.has(name) ? deadLetter!.exchange : null;
}

/** All but the type, which is said anyway. */
function worthNaming(table: FieldTable): Record<string, string | number | boolean> {
  const named: Record<string, string | number | boolean> = {};
  for (const name of Object.keys(table).sort()) {
    const value = bare(table[name]);
    if (name === 'x-queue-type' || value === null || value === undefined || typeof value === 'object') continue; // prettier-ignore
    named[name] = value;
  }
  return named;
}
