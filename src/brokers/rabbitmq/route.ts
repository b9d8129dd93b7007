/** Which queues a message goes to (rabbit_exchange.erl, route): each of them once, however many bindings match. */
import type { Time } from '../../kernel/time';
import { isUnroutable } from './cluster/lost-queues';
import { bare } from './field-values';
import { headersMatch } from './headers';
import type { FieldTable } from './protocol';
import type { Publication } from './queue-type';
import type { Binding, BrokerState, Exchange } from './state';
import { noteRouted } from './traffic';
import { topicMatches, wordsOf } from './topic';

type Topology = Pick<
  BrokerState,
  'exchanges' | 'bindings' | 'queues' | 'cluster' | 'node' | 'traffic' | 'version'
>;

const nobody: readonly string[] = [];
const noHeaders: FieldTable = {};

/**
 * Names of queues, in alphabetical order. The default exchange routes by name, without bindings, and only to what is
 * published to it itself. From exchange to exchange each is gone through once, so cycles are harmless.
 */
export function route(
  topology: Topology,
  exchange: Exchange,
  publication: Publication,
  now: Time,
): readonly string[] {
  // prettier-ignore
  if (exchange.name === '') return byName(topology, publication, now);
  const direct = destinations(topology, exchange, publication, now);
  if (direct.length === 0) return nobody;
  if (direct.length === 1 && direct[0].destinationType === 'queue') return existing(topology, direct);
  return throughExchanges(topology, exchange, direct, publication, now);
}

function byName(topology: Topology, publication: Publication, now: Time): readonly string[] {
  const { routingKey, furtherKeys } = publication;
  const names = furtherKeys === undefined ? nameOf(topology, routingKey) : namesOf(topology, [routingKey, ...furtherKeys]); // prettier-ignore
  noteRouted(topology.traffic, '', publication, noBindings, names.length > 0 ? 'routed' : 'dropped', now);
  return names;
}

function nameOf(topology: Topology, name: string): readonly string[] {
  return isThere(topology, name) ? ownName(name) : nobody;
}

function namesOf(topology: Topology, names: readonly string[]): readonly string[] {
  return [...new Set(names)].filter((name) => isThere(topology, name)).sort(byCodeUnits);
}

/** Queues of a node that is down are as if they were not. */
function isThere(topology: Topology, name: string): boolean {
  const queue = topology.queues.get(name);
  return queue !== undefined && !isUnroutable(topology, queue);
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
  return nameOf(topology, binding.destination);
}

function throughExchanges(
  topology: Topology,
  first: Exchange,
  found: readonly Destination[],
  publication: Publication,
  now: Time,
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
  for (let next = work.pop(); next; next = work.pop()) take(destinations(topology, next, publication, now));
  return namesOf(topology, [...queues]);
}

type Destination = Pick<Binding, 'destination' | 'destinationType'>;

const noBindings: readonly Binding[] = [];

/** Of one exchange: where its bindings lead, or else its alternate exchange. */
function destinations(
  topology: Topology,
  exchange: Exchange,
  publication: Publication,
  now: Time,
): readonly Destination[] {
  const { traffic, exchanges } = topology;
  const { name } = exchange;
  const matching = matchingBindings(exchange, topology.bindings.get(name) ?? noBindings, publication);
  const alternate = matching.length > 0 ? undefined : bare(exchange.arguments['alternate-exchange']);
  const goesOn = typeof alternate === 'string' && exchanges.has(alternate);
  const became = matching.length > 0 ? 'routed' : goesOn ? 'alternate' : 'dropped';
  noteRouted(traffic, name, publication, matching, became, now);
  return goesOn ? [{ destination: alternate, destinationType: 'exchange' }] : matching;
}

function matchingBindings(
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
