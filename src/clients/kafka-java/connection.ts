/**
 * The library's side of the wire (kafka-clients 4.3.1 NetworkClient.java): one connection to each broker, on which
 * answers are taken in the order of their requests. An answer that is lost therefore takes with it all that come after
 * it, until the oldest request is too old (request.timeout.ms): then the connection is closed, and all that waited on it
 * fail at once. Connecting costs no round trip, so the timeouts of connecting have nothing to time.
 *
 * A consumer has a second connection to its coordinator. Here both are one; what they keep apart is the order: each
 * request is of a `lane`, and answers of another lane may overtake.
 */
import type { KafkaRequest, KafkaResponse } from '../../brokers/kafka/protocol';
import type { Context, TimerId } from '../../kernel/machine';
import type { Duration, Time } from '../../kernel/time';
import { backoff } from './backoff';
import type { ClientOptions } from './client-options';

export interface Network {
  readonly options: ClientOptions;
  /** By correlation id, in the order of sending. */
  inFlight: Map<number, InFlight>;
  lastCorrelationId: number;
  /** Hosts that were disconnected and have not answered since. */
  broken: ReadonlyMap<string, { readonly failures: number; readonly until: Time }>;
}

/** A request without an answer yet. Immutable. */
export interface InFlight {
  readonly request: KafkaRequest;
  readonly host: string;
  readonly lane: string;
  /** What the driver needs to know again when it is answered. */
  readonly about: unknown;
  readonly timer: TimerId;
}

/** The driver's own reminder that a request has waited for too long. */
export interface RequestTimedOut {
  readonly type: 'RequestTimedOut';
  readonly correlationId: number;
}

/** Why a request has no answer: the connection went, or was given up for lack of an answer. */
export type Lost = 'disconnected' | 'timed out';

export function newNetwork(options: ClientOptions): Network {
  return { options, inFlight: new Map(), lastCorrelationId: 0, broken: new Map() };
}

export function cloneNetwork(network: Network): Network {
  return { ...network, inFlight: new Map(network.inFlight) };
}

/** Header of the next request. */
export function header(
  network: Network,
  context: Context,
): { readonly correlationId: number; readonly clientId: string } {
  const { clientId } = network.options;
  return { correlationId: ++network.lastCorrelationId, clientId: clientId === '' ? context.self : clientId };
}

/** Sends a request and remembers it. `about` is handed back with its answer or its loss. */
export function ask(
  network: Network,
  context: Context,
  host: string,
  request: KafkaRequest,
  { lane = '', about = null, timeout = network.options.requestTimeout }: Asking = {},
): void {
  const { correlationId } = request;
  const reminder: RequestTimedOut = { type: 'RequestTimedOut', correlationId };
  const timer = context.after(timeout, reminder);
  network.inFlight.set(correlationId, { request, host, lane, about, timer });
  context.send(host, request);
}

export interface Asking {
  readonly lane?: string;
  readonly about?: unknown;
  /** request.timeout.ms unless said. */
  readonly timeout?: Duration;
}

/**
 * Takes the request that a response answers. undefined: nobody waits for it any more, or one before it has no answer:
 * then the library cannot make sense of what it reads, and waits on.
 */
export function answered(
  network: Network,
  context: Context,
  { correlationId }: KafkaResponse,
): InFlight | undefined {
  const waiting = network.inFlight.get(correlationId);
  if (!waiting) return undefined;
  for (const [earlier, { host, lane }] of network.inFlight) {
    if (earlier === correlationId) break;
    if (host === waiting.host && lane === waiting.lane) return undefined;
  }
  network.inFlight.delete(correlationId);
  context.cancel(waiting.timer);
  if (network.broken.has(waiting.host)) {
    const broken = new Map(network.broken);
    broken.delete(waiting.host);
    network.broken = broken;
  }
  return waiting;
}

/** A request has waited too long: the connection is given up, and everything on it is lost, in the order of sending. */
export function timedOut(
  network: Network,
  context: Context,
  { correlationId }: RequestTimedOut,
): readonly InFlight[] {
  const waiting = network.inFlight.get(correlationId);
  if (!waiting) return [];
  context.disconnect(waiting.host);
  return lose(network, context, waiting.host);
}

/** The other end has closed the connection, or nobody listens there: everything on it is lost. */
export function closed(network: Network, context: Context, peer: string): readonly InFlight[] {
  return lose(network, context, peer.split('/', 1)[0]);
}

/** How many requests to this host have no answer. */
export function countInFlight({ inFlight }: Network, host: string): number {
  let count = 0;
  for (const waiting of inFlight.values()) if (waiting.host === host) count++;
  return count;
}

/** When a request may be sent to this host: now, or when reconnecting is allowed. */
export function reachableFrom({ broken }: Network, host: string, now: Time): Time {
  return Math.max(now, broken.get(host)?.until ?? now);
}

/** Nothing is waited for any more: the client is closed. */
export function forgetAll(network: Network, context: Context): void {
  for (const { timer } of network.inFlight.values()) context.cancel(timer);
  network.inFlight.clear();
}

/** The one to ask when any will do (NetworkClient leastLoadedNode); null: none can be reached yet. */
export function leastLoaded(network: Network, hosts: readonly string[], context: Context): string | null {
  const offset = hosts.length > 1 ? context.random('node').below(hosts.length) : 0;
  let best: string | null = null;
  let least = Infinity;
  for (let index = 0; index < hosts.length; index++) {
    const host = hosts[(offset + index) % hosts.length];
    if (reachableFrom(network, host, context.now) > context.now) continue;
    // what has just been broken is tried after what has not
    const load = countInFlight(network, host) + (network.broken.has(host) ? 1_000_000 : 0);
    if (load >= least) continue;
    best = host;
    least = load;
  }
  return best;
}

/** ClusterConnectionStates.java disconnected: each failure in a row doubles the wait. */
function lose(network: Network, context: Context, host: string): readonly InFlight[] {
  const lost = [...network.inFlight.values()].filter((waiting) => waiting.host === host);
  for (const { request, timer } of lost) {
    network.inFlight.delete(request.correlationId);
    context.cancel(timer);
  }
  const failures = network.broken.get(host)?.failures ?? 0;
  const wait = backoff(network.options.reconnect, failures, context.random('reconnect'));
  const now = { failures: failures + 1, until: context.now + wait };
  network.broken = new Map(network.broken).set(host, now);
  return lost;
}
