/**
 * x-death: what a message's headers say of the queues it died in, the latest death first (mc.erl; in 3.10 rabbit_dead_letter.erl).
 * There is one entry for each queue and reason; another death of the kind counts it up and moves it to the front; what is behind
 * it keeps its order since 4.0 only.
 */
import { microsecondsPerSecond, type Time } from '../../kernel/time';
import type { FieldTable, FieldValue } from './protocol';
import type { Publication, Version } from './queue-type';

export type DeathReason = 'rejected' | 'expired' | 'maxlen' | 'delivery_limit';

const none: readonly FieldTable[] = [];

/** Since 4.0 the broker goes by what it knows itself; before that by the headers, whoever wrote them. */
export function deathsOf({ deaths, properties }: Publication, version: Version): readonly FieldTable[] {
  if (version !== '3.10') return deaths ?? none;
  const header = properties.headers?.['x-death'];
  return Array.isArray(header) ? header.filter(isTable) : none;
}

function isTable(value: FieldValue): value is FieldTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The message with one death more, and without its own expiration. */
export function withDeath(
  publication: Publication,
  queue: string,
  reason: DeathReason,
  now: Time,
  version: Version,
): Publication {
  // prettier-ignore
  const { properties, exchange } = publication;
  const before = version === '3.10' ? grouped(deathsOf(publication, version)) : deathsOf(publication, version); // prettier-ignore
  const known = before.find((death) => death.queue === queue && death.reason === reason);
  const deaths = known
    ? [countedUp(known), ...before.filter((death) => death !== known)]
    : [firstDeath(publication, queue, reason, now), ...before];
  const headers: Record<string, FieldValue> = { ...properties.headers, 'x-death': deaths };
  const isFirst = version === '3.10' ? properties.headers?.['x-death'] === undefined : before.length === 0;
  if (isFirst) tell(headers, 'first', queue, reason, exchange);
  if (version !== '3.10') tell(headers, 'last', queue, reason, exchange);
  const { expiration: _, ...rest } = properties;
  return { ...asPublished(publication), properties: { ...rest, headers }, deaths };
}

/** 3.10 turns what is there around whenever it writes another death (group_by_queue_and_reason). */
function grouped(deaths: readonly FieldTable[]): readonly FieldTable[] {
  return [...deaths].reverse();
}

function countedUp(death: FieldTable): FieldTable {
  return { ...death, count: typeof death.count === 'number' ? death.count + 1 : 1 };
}

function firstDeath(publication: Publication, queue: string, reason: DeathReason, now: Time): FieldTable {
  const { exchange, routingKey, furtherKeys = [], hiddenKeys = [], properties } = publication;
  const keys = [routingKey, ...furtherKeys.filter((key) => !hiddenKeys.includes(key))];
  return {
    count: 1,
    reason,
    queue,
    time: { '!': 'timestamp', value: Math.floor(now / microsecondsPerSecond) },
    exchange,
    'routing-keys': keys,
    ...(properties.expiration !== undefined && { 'original-expiration': properties.expiration }),
  };
}

function tell(
  headers: Record<string, FieldValue>,
  which: 'first' | 'last',
  queue: string,
  reason: DeathReason,
  exchange: string,
): void {
  // prettier-ignore
  headers[`x-${which}-death-reason`] = reason;
  headers[`x-${which}-death-queue`] = queue;
  headers[`x-${which}-death-exchange`] = exchange;
}

/** Only what a publication has: it may be a method. */
function asPublished(publication: Publication): Publication {
  const { message, properties, sizeBytes, exchange, routingKey, cause, furtherKeys, hiddenKeys } = publication; // prettier-ignore
  return { message, properties, sizeBytes, exchange, routingKey, cause, ...(furtherKeys && { furtherKeys }), ...(hiddenKeys && { hiddenKeys }) }; // prettier-ignore
}

/** Going there again would be a round in which nobody has rejected it: such messages are dropped. */
export function isCycle(queue: string, deaths: readonly FieldTable[]): boolean {
  const at = deaths.findIndex((death) => death.queue === queue);
  return at >= 0 && deaths.slice(0, at + 1).every(({ reason }) => reason !== 'rejected');
}

/** For the picture: how often it died, and of what the last time. */
export function deathTold({ properties }: Publication): {
  readonly deaths: number;
  readonly lastDeath?: string;
} {
  // prettier-ignore
  const header = properties.headers?.['x-death'];
  if (!Array.isArray(header)) return { deaths: 0 };
  const deaths = header.filter(isTable);
  const count = deaths.reduce((sum, death) => sum + (typeof death.count === 'number' ? death.count : 0), 0);
  const last = deaths[0]?.reason;
  return { deaths: count, ...(typeof last === 'string' && { lastDeath: last }) };
}
