/** Which queues a message goes to (rabbit_exchange.erl, route): each of them once, however many bindings match. */
import { isLost } from './cluster/lost-queues';
import { headersMatch } from './headers';
import type { FieldTable } from './protocol';
import type { Publication } from './queue-type';
import type { Binding, BrokerState, Exchange } from './state';
import { topicMatches, wordsOf } from './topic';

type Topology = Pick<BrokerState, 'exchanges' | 'bindings' | 'queues' | 'cluster' | 'node'>;

const nobody: readonly string[] = [];
const noHeaders: FieldTable = {};

/**
 * Names of queues, in alphabetical order. The default exchange routes by name, without bindings, and only to what is
 * published to it itself. From exchange to exchange each is gone through once, so cycles are harmless.
 */
export function route(topology: Topology, exchange: Exchange, publication: Publication): readonly string[] {
  if (exchange.name === '') return byName(topology, publication);
  const direct = destinations(topology, exchange, publication);
  if (direct.length === 0) return nobody;
  if (direct.length === 1 && direct[0].destinationType === 'queue') return existing(topology, direct);
  return throughExchanges(topology, exchange, direct, publication);
}

function byName(topology: Topology, { routingKey, furtherKeys }: Publication): readonly string[] {
  if (furtherKeys === undefined) {
    const queue = topology.queues.get(routingKey);
    return queue === undefined || isLost(topology, queue) ? nobody : ownName(queue.name);
  }
  const names = new Set([routingKey, ...furtherKeys]);
  return [...names].filter((name) => isThere(topology, name)).sort(byCodeUnits);
}

/** Queues of a node that is down are as if they were not. */
function isThere(topology: Topology, name: string): boolean {
  const queue = topology.queues.get(name);
  return queue !== undefined && !isLost(topology, queue);
}

/** One list per name, instead of one per message. */
const lists = new Map<string, readonly string[]>();
function ownName(name: string): readonly string[] {
  let list = lists.get(name);
  if (list === undefined) {
    // names of queues come and go; what is kept of them is bounded
    if (lists.size > 10_000) lists.clear();
    lists.set(name, (list = Object.freeze([name])));
  }
  return list;
}

function existing(topology: Topology, [binding]: readonly Destination[]): readonly string[] {
  return isThere(topology, binding.destination) ? ownName(binding.destination) : nobody;
}

function throughExchanges(
  topology: Topology,
  first: Exchange,
  found: readonly Destination[],
  publication: Publication,
): readonly string[] {
  const queues = new Set<string>();
  const seen = new Set([first.name]);
  const work: Exchange[] = [];
  const take = (all: readonly Destination[]) => {
    for (const { destination, destinationType } of all) {
      if (destinationType === 'queue') queues.add(destination);
      else if (!seen.has(destination)) {
        seen.add(destination);
        const next = topology.exchanges.get(destination);
        if (next) work.push(next);
      }
    }
  };
  take(found);
  for (let next = work.pop(); next; next = work.pop()) take(destinations(topology, next, publication));
  return [...queues].filter((name) => isThere(topology, name)).sort(byCodeUnits);
}

type Destination = Pick<Binding, 'destination' | 'destinationType'>;
const nowhere: readonly Destination[] = [];

/** Of one exchange: where its bindings lead, or else its alternate exchange. */
function destinations(
  topology: Topology,
  exchange: Exchange,
  publication: Publication,
): readonly Destination[] {
  const bindings = topology.bindings.get(exchange.name) ?? nowhere;
  const matching = matchingBindings(exchange, bindings as readonly Binding[], publication);
  if (matching.length > 0) return matching;
  const alternate = exchange.arguments['alternate-exchange'];
  if (typeof alternate !== 'string' || !topology.exchanges.has(alternate)) return nowhere;
  return [{ destination: alternate, destinationType: 'exchange' }];
}

export function matchingBindings(
  exchange: Exchange,
  bindings: readonly Binding[],
  publication: Publication,
): readonly Binding[] {
  const { routingKey, furtherKeys } = publication;
  switch (exchange.type) {
    case 'fanout':
      return bindings;
    case 'direct':
      if (furtherKeys === undefined) return bindings.filter((binding) => binding.routingKey === routingKey);
      return bindings.filter(
        (binding) => binding.routingKey === routingKey || furtherKeys.includes(binding.routingKey),
      );
    case 'topic': {
      const words = wordsOf(routingKey);
      if (furtherKeys === undefined) return bindings.filter((binding) => topicMatches(binding, words));
      const all = [words, ...furtherKeys.map(wordsOf)];
      return bindings.filter((binding) => all.some((one) => topicMatches(binding, one)));
    }
    case 'headers': {
      const headers = publication.properties.headers ?? noHeaders;
      return bindings.filter((binding) => headersMatch(binding.arguments, headers));
    }
  }
}

export function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
