/**
 * A client's side of the wire: requests that wait for their answer, and what became of them. kafkajs keeps a second
 * connection to every broker for fetches, so that a fetch which waits for data blocks nothing else; here there is one
 * connection on which the broker may answer out of turn, which looks the same from above. Connecting costs no round
 * trip, so kafkajs's connectionTimeout has nothing to time.
 */
import type { KafkaRequest } from '../../brokers/kafka/protocol';
import type { Context, Tagged, TimerId } from '../../kernel/machine';
import type { Duration, Time } from '../../kernel/time';
import { connectionClosed, connectionRefused, type Failure } from './failure';
import type { ClusterOptions } from './options';
import type { Retry } from './retry';
import type { TopicMetadata } from './topic';

/** One kafkajs `Cluster`: what a producer or a consumer knows about the brokers. */
export interface Cluster {
  readonly options: ClusterOptions;
  /** Topics whose metadata is asked for. */
  topics: readonly string[];
  brokers: readonly { readonly nodeId: number; readonly host: string }[];
  metadata: Map<string, TopicMetadata>;
  /** The metadata is used without asking before this time; 0 when it must be asked for. */
  freshUntil: Time;
  /** The refresh under way; null when there is none. Whoever needs one shares it. */
  refreshing: Retry | null;
  /** Its next try, while it waits for one; 0: none. */
  refreshTimer: TimerId;
  /** By correlation id, in the order of sending. */
  inFlight: Map<number, InFlight>;
  lastCorrelationId: number;
  /** Hosts that could not be reached and have not been heard of since; absent: none. */
  unreachable?: ReadonlySet<string>;
}

/** A request without an answer yet. Immutable. */
export interface InFlight {
  readonly request: KafkaRequest;
  readonly host: string;
  /** Who goes on when it is answered: a send, a worker; the driver decides. */
  readonly actor: number;
  /** Which try of the actor it belongs to. */
  readonly attempt: number;
  readonly timer: TimerId;
  /** Only where somebody listens. */
  readonly sentAt?: Time;
}

/** The driver's own reminder that a request has waited for too long. */
export interface RequestTimedOut {
  readonly type: 'RequestTimedOut';
  readonly correlationId: number;
}

/** For whoever listens: a request was answered. Times in microseconds. */
export interface RequestAnswered extends Tagged {
  readonly type: 'RequestAnswered';
  readonly api: string;
  readonly host: string;
  readonly correlationId: number;
  readonly sentAt: Time;
  readonly at: Time;
}

export function newCluster(options: ClusterOptions, topics: readonly string[]): Cluster {
  return {
    options,
    topics,
    brokers: [],
    metadata: new Map(),
    freshUntil: 0,
    refreshing: null,
    refreshTimer: 0,
    inFlight: new Map(),
    lastCorrelationId: 0,
  };
}

export function cloneCluster(cluster: Cluster): Cluster {
  return {
    ...cluster,
    metadata: new Map(cluster.metadata),
    refreshing: cluster.refreshing && { ...cluster.refreshing },
    inFlight: new Map(cluster.inFlight),
  };
}

/** For the header of the next request. */
export function nextCorrelationId(cluster: Cluster): number {
  return ++cluster.lastCorrelationId;
}

export function clientIdOf({ options }: Cluster, context: Context): string {
  return options.clientId === '' ? context.self : options.clientId;
}

/**
 * Sends a request and remembers it until `answered`, a timeout or the end of the connection. kafkajs looks for late
 * answers ten times a second (network/requestQueue/index.js); here the timeout is exact.
 */
export function ask(
  cluster: Cluster,
  context: Context,
  host: string,
  request: KafkaRequest,
  actor = 0,
  attempt = 0,
  timeout: Duration = cluster.options.requestTimeout,
): void {
  const { correlationId } = request;
  const reminder: RequestTimedOut = { type: 'RequestTimedOut', correlationId };
  const timer = context.after(timeout, reminder);
  const waiting = { request, host, actor, attempt, timer };
  const { observer } = cluster.options;
  cluster.inFlight.set(correlationId, observer === undefined ? waiting : { ...waiting, sentAt: context.now });
  context.send(host, request);
}

/** Lets whoever listens know that a request was answered. */
export function tellAnswered({ options }: Cluster, waiting: InFlight, context: Context): void {
  if (options.observer === undefined || waiting.sentAt === undefined) return;
  const { request, host, sentAt } = waiting;
  const api = request.type.replace(/Request$/, '');
  const said: RequestAnswered = {
    ...{ type: 'RequestAnswered', api, host, correlationId: request.correlationId, sentAt, at: context.now },
  };
  context.tell(options.observer, said);
}

/** Takes the request that a response answers; undefined when nobody waits for it any more ("response without match"). */
export function answered(cluster: Cluster, context: Context, correlationId: number): InFlight | undefined {
  const waiting = cluster.inFlight.get(correlationId);
  if (waiting === undefined) return undefined;
  cluster.inFlight.delete(correlationId);
  context.cancel(waiting.timer);
  return waiting;
}

/** Takes everything that waited on a connection which is gone, in the order of sending, and why it failed. */
export function closed(
  cluster: Cluster,
  context: Context,
  peer: string,
  refused = false,
): { readonly lost: readonly InFlight[]; readonly failure: Failure } {
  const [host] = peer.split('/', 1) as [string];
  const lost = [...cluster.inFlight.values()].filter((waiting) => waiting.host === host);
  for (const { request } of lost) answered(cluster, context, request.correlationId);
  // kafkajs forgets a broker that owed an answer, and asks for metadata before its next request (cluster/brokerPool.js
  // removeBroker); where it is the only one, there is nobody else to ask in any case
  if (cluster.options.hosts === undefined || (lost.length > 0 && !refused)) {
    cluster.brokers = cluster.brokers.filter((broker) => broker.host !== host);
    cluster.freshUntil = 0;
  }
  if (cluster.options.hosts === undefined) return { lost, failure: connectionClosed(host) };
  cluster.unreachable = new Set(cluster.unreachable).add(host);
  return { lost, failure: refused ? connectionRefused(host) : connectionClosed(host) };
}

/** Forgets everything that waits for an answer, and that anything was to be asked again. */
export function abandonAll(cluster: Cluster, context: Context): void {
  for (const { timer } of cluster.inFlight.values()) context.cancel(timer);
  cluster.inFlight.clear();
  if (cluster.refreshTimer !== 0) context.cancel(cluster.refreshTimer);
  cluster.refreshTimer = 0;
  cluster.refreshing = null;
}

/** Takes the request that has been answered; undefined when nobody waits for it. Who answers can be reached. */
export function answerTo(cluster: Cluster, context: Context, correlationId: number): InFlight | undefined {
  const waiting = answered(cluster, context, correlationId);
  if (waiting && cluster.unreachable) heardFrom(cluster, waiting.host);
  return waiting;
}

function heardFrom(cluster: Cluster, host: string): void {
  if (!cluster.unreachable?.has(host)) return;
  const unreachable = new Set(cluster.unreachable);
  unreachable.delete(host);
  if (unreachable.size > 0) cluster.unreachable = unreachable;
  else delete cluster.unreachable;
}

/** Process of a broker by node id; the first broker named in the options when the id is unknown. */
export function hostOf({ brokers, options }: Cluster, nodeId: number): string {
  return brokers.find((broker) => broker.nodeId === nodeId)?.host ?? seedsOf(options)[0];
}

/** Who may be asked before anything is known. */
export function seedsOf({ hosts, broker }: ClusterOptions): readonly string[] {
  return hosts ?? [broker];
}

/** Of these, the ones that can be reached as far as is known; all of them when none can. */
export function reachable({ unreachable }: Cluster, hosts: readonly string[]): readonly string[] {
  const up = unreachable ? hosts.filter((host) => !unreachable.has(host)) : hosts;
  return up.length > 0 ? up : hosts;
}
