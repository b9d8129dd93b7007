/** What goes through exchanges, counted for the picture: nothing that the broker does depends on it. */
import type { Time } from '../../kernel/time';
import type { Publication } from './queue-type';
import type { Binding, BrokerState, Traffic } from './state';

const none: readonly Binding[] = [];

/** An exchange has looked at a message, and these bindings match. */
export function noteRouted(
  traffic: BrokerState['traffic'],
  exchange: string,
  publication: Publication,
  took: readonly Binding[],
  became: Traffic['became'],
  now: Time,
): void {
  let known = traffic.get(exchange);
  if (known === undefined) traffic.set(exchange, (known = newTraffic()));
  known.published++;
  known.message = publication.message;
  known.routingKey = publication.routingKey;
  known.at = now;
  known.took = took;
  known.became = became;
  if (became === 'dropped') known.unroutable++;
  for (const binding of took) known.passed.set(binding, (known.passed.get(binding) ?? 0) + 1);
}

/** It was mandatory. */
export function noteReturned(traffic: BrokerState['traffic'], exchange: string): void {
  const known = traffic.get(exchange);
  if (known) known.became = 'returned';
}

function newTraffic(): Traffic {
  return {
    ...{ published: 0, unroutable: 0, passed: new Map() },
    ...{ message: -1, routingKey: '', at: 0, took: none, became: 'dropped' },
  };
}

export function cloneTraffic(traffic: BrokerState['traffic']): Map<string, Traffic> {
  return new Map(
    [...traffic].map(([exchange, known]) => [exchange, { ...known, passed: new Map(known.passed) }]),
  );
}
