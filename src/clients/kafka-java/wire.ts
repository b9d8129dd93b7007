/**
 * A consumer's side of the network: requests without an answer yet, and what a client that reads a connection in order
 * makes of answers (NetworkClient.java, InFlightRequests.java). Java keeps a connection of its own to the coordinator
 * beside the one to the same node; here both share one, and what comes over either is put in its order again. An answer
 * that is lost holds up all that follow it, until the oldest request has waited for request.timeout.ms: then the
 * connection is given up with everything on it. Connecting costs no round trip.
 */
import type { KafkaRequest, KafkaResponse } from '../../brokers/kafka/protocol';
import type { Context } from '../../kernel/machine';
import { ms, type Duration, type Time } from '../../kernel/time';
import type { BareRequest } from '../kafka/requests';

/** Which of the two connections to a node. */
export type Channel = 'node' | 'coordinator';

/** A request that waits for its answer. Immutable. */
export interface Waiting {
  readonly request: KafkaRequest;
  readonly host: string;
  readonly channel: Channel;
  /** The connection is given up then. */
  readonly until: Time;
  /** Who waits for it; the request's type says the rest. */
  readonly purpose: string;
  /** Membership it was sent with. */
  readonly generation: number;
  readonly memberId: string;
}

/** Immutable. */
interface Unavailable {
  readonly until: Time;
  readonly attempts: number;
}

export interface Wire {
  /** By correlation id, in the order of sending. */
  readonly inFlight: Map<number, Waiting>;
  /** Answers that came before their turn, by correlation id. */
  readonly early: Map<number, KafkaResponse>;
  /** Requests whose connection is gone, until somebody is told. */
  lost: readonly Waiting[];
  /** Nodes that could not be reached, until they may be tried again. */
  readonly unavailable: Map<string, Unavailable>;
  lastCorrelationId: number;
}

/** reconnect.backoff.ms, reconnect.backoff.max.ms. */
const reconnectMs = 50;
const reconnectMaxMs = 1000;

export function newWire(): Wire {
  return { inFlight: new Map(), early: new Map(), lost: [], unavailable: new Map(), lastCorrelationId: 0 };
}

export function cloneWire(wire: Wire): Wire {
  return {
    ...wire,
    inFlight: new Map(wire.inFlight),
    early: new Map(wire.early),
    unavailable: new Map(wire.unavailable),
  };
}

/** What is said of a request beside what it asks for. */
export interface Sending {
  readonly host: string;
  readonly channel: Channel;
  readonly clientId: string;
  readonly timeout: Duration;
  readonly purpose?: string;
  readonly generation?: number;
  readonly memberId?: string;
}

export function send(wire: Wire, bare: BareRequest, sending: Sending, context: Context): void {
  const { host, channel, clientId, timeout, purpose = '', generation = -1, memberId = '' } = sending;
  const correlationId = ++wire.lastCorrelationId;
  const request = { ...bare, correlationId, clientId } as KafkaRequest;
  const until = context.now + timeout;
  wire.inFlight.set(correlationId, { request, host, channel, until, purpose, generation, memberId });
  context.send(host, request);
}

/** What can be read now that this answer is there: itself, unless it is early, and what waited behind it. */
export function readable(
  wire: Wire,
  response: KafkaResponse,
): readonly { readonly waiting: Waiting; readonly response: KafkaResponse }[] {
  const answered = wire.inFlight.get(response.correlationId);
  if (!answered) return [];
  const { host, channel } = answered;
  wire.early.set(response.correlationId, response);
  wire.unavailable.delete(host);
  const read: { waiting: Waiting; response: KafkaResponse }[] = [];
  for (const [id, waiting] of wire.inFlight) {
    if (waiting.host !== host || waiting.channel !== channel) continue;
    const early = wire.early.get(id);
    if (!early) break;
    wire.inFlight.delete(id);
    wire.early.delete(id);
    read.push({ waiting, response: early });
  }
  return read;
}

/** A node's connections are gone: whoever waits on them will be told, and it is left alone for a while. */
export function connectionLost(wire: Wire, host: string, { now }: Context): void {
  const { attempts } = wire.unavailable.get(host) ?? { attempts: 0 };
  let wait = reconnectMs;
  for (let attempt = 0; attempt < attempts && wait < reconnectMaxMs; attempt++) wait *= 2;
  wire.unavailable.set(host, { until: now + ms(Math.min(wait, reconnectMaxMs)), attempts: attempts + 1 });
  giveUp(wire, (waiting) => waiting.host === host);
}

/** Requests that have waited for too long: their connections are given up. */
export function expire(wire: Wire, context: Context): void {
  for (const [id, { until, host }] of [...wire.inFlight]) {
    // of several on one connection the first takes the others with it
    if (until > context.now || !wire.inFlight.has(id)) continue;
    context.disconnect(host);
    connectionLost(wire, host, context);
  }
}

/** Nobody waits for these any more but whoever sent them, who is told. */
export function giveUp(wire: Wire, which: (waiting: Waiting) => boolean): void {
  const gone = [...wire.inFlight].filter(([, waiting]) => which(waiting));
  for (const [id] of gone) {
    wire.inFlight.delete(id);
    wire.early.delete(id);
  }
  if (gone.length > 0) wire.lost = [...wire.lost, ...gone.map(([, waiting]) => waiting)];
}

/** Not to be tried at this time. */
export function isUnavailable({ unavailable }: Wire, host: string, now: Time): boolean {
  const { until } = unavailable.get(host) ?? {};
  return until !== undefined && until > now;
}

/** When a request has waited too long, or a node may be tried again. */
export function wireDues({ inFlight, unavailable }: Wire): readonly Time[] {
  return [...inFlight.values(), ...unavailable.values()].map(({ until }) => until);
}

export function isAsking(wire: Wire, type: KafkaRequest['type'], purpose?: string): boolean {
  for (const { request, purpose: other } of wire.inFlight.values())
    if (request.type === type && (purpose === undefined || purpose === other)) return true;
  return false;
}
