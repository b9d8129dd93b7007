/**
 * What a client knows about topics: asked for when it starts, on first use of a topic, after errors that hint it is
 * stale, and when it is old (kafka-clients 4.3.1 Metadata.java, NetworkClient.java DefaultMetadataUpdater). One request
 * at a time; between two there is retry.backoff.ms, more after failures.
 */
import type { ErrorCode, MetadataResponse } from '../../brokers/kafka/protocol';
import type { Context } from '../../kernel/machine';
import type { Time } from '../../kernel/time';
import { topicMetadata, type TopicMetadata } from '../kafka/topic';
import { backoff } from './backoff';
import { ask, header, leastLoaded, reachableFrom, type Network } from './connection';

export interface Metadata {
  /** Topics that are asked about, and since which update; absent: never answered for. */
  topics: ReadonlySet<string>;
  known: ReadonlyMap<string, TopicMetadata>;
  /** Of topics that could not be had. */
  errors: ReadonlyMap<string, ErrorCode>;
  brokers: MetadataResponse['brokers'];
  /** Name of the cluster: first part of addresses. */
  cluster: string;
  /** Counts the answers. */
  version: number;
  /** An update is due as soon as it is allowed. */
  isWanted: boolean;
  isAsked: boolean;
  lastAskedAt: Time;
  lastLearntAt: Time;
  failures: number;
  /** When the next one may be asked for. */
  allowedFrom: Time;
}

export function newMetadata(cluster: string): Metadata {
  return {
    ...{ topics: new Set(), known: new Map(), errors: new Map(), brokers: [], cluster, version: 0 },
    ...{ isWanted: true, isAsked: false, lastAskedAt: 0, lastLearntAt: 0, failures: 0, allowedFrom: 0 },
  };
}

/** Everything in it is replaced and never changed in place. */
export function cloneMetadata(metadata: Metadata): Metadata {
  return { ...metadata };
}

/** The topic is asked about from now on; at once when nothing is known of it. */
export function wantTopic(metadata: Metadata, topic: string): void {
  if (metadata.topics.has(topic)) return;
  metadata.topics = new Set(metadata.topics).add(topic);
  metadata.isWanted = true;
}

export function wantUpdate(metadata: Metadata): void {
  metadata.isWanted = true;
}

/** Process of a broker by node id; null: unknown, or the partition has no leader. */
export function hostOfNode({ brokers }: Metadata, nodeId: number): string | null {
  return brokers.find((broker) => broker.nodeId === nodeId)?.host ?? null;
}

export function leaderOf(metadata: Metadata, topic: string, partition: number): string | null {
  const leader = metadata.known.get(topic)?.leaders[partition] ?? -1;
  return leader < 0 ? null : hostOfNode(metadata, leader);
}

/** Hosts that may be asked when any will do. */
export function anyHosts({ brokers }: Metadata, { options }: Network): readonly string[] {
  return brokers.length > 0 ? brokers.map(({ host }) => host) : options.hosts;
}

/**
 * Asks for an update when one is due and allowed. When to look again; Infinity: an answer is awaited. `mayCreate`:
 * a topic that is asked about is made, where the broker allows it (producers; allow.auto.create.topics of consumers).
 */
export function updateMetadata(
  metadata: Metadata,
  network: Network,
  mayCreate: boolean,
  context: Context,
): Time {
  if (metadata.isAsked) return Infinity;
  const expiresAt = metadata.lastLearntAt + network.options.metadataMaxAge;
  const dueAt = Math.max(metadata.isWanted ? context.now : expiresAt, metadata.allowedFrom);
  if (dueAt > context.now) return dueAt;
  const hosts = anyHosts(metadata, network);
  const host = leastLoaded(network, hosts, context);
  if (host === null) return Math.min(...hosts.map((each) => reachableFrom(network, each, context.now)));
  metadata.isAsked = true;
  metadata.isWanted = false;
  metadata.lastAskedAt = context.now;
  ask(network, context, host, {
    ...{ type: 'MetadataRequest', ...header(network, context) },
    ...{ topics: [...metadata.topics], allowAutoTopicCreation: mayCreate },
  });
  return Infinity;
}

/** Takes an answer in: what it says of each topic, well or badly. */
export function learnMetadata(
  metadata: Metadata,
  network: Network,
  response: MetadataResponse,
  context: Context,
): void {
  metadata.isAsked = false;
  metadata.version++;
  metadata.failures = 0;
  metadata.lastLearntAt = context.now;
  metadata.brokers = response.brokers;
  metadata.cluster = response.clusterId ?? metadata.cluster;
  const known = new Map(metadata.known);
  const errors = new Map<string, ErrorCode>();
  for (const topic of response.topics) {
    if (topic.errorCode === 'NONE') known.set(topic.name, topicMetadata(metadata.cluster, topic));
    else errors.set(topic.name, topic.errorCode);
    if (topic.errorCode === 'UNKNOWN_TOPIC_OR_PARTITION') known.delete(topic.name);
    const isPartial = topic.partitions.some(({ leaderId }) => leaderId < 0);
    // a topic without all of its leaders is asked about again (Metadata.java handleMetadataResponse: requestUpdate)
    if (isPartial || topic.errorCode === 'LEADER_NOT_AVAILABLE') metadata.isWanted = true;
  }
  metadata.known = known;
  metadata.errors = errors;
  // topics that were named while it was under way are asked about next
  if ([...metadata.topics].some((name) => !known.has(name) && !errors.has(name))) metadata.isWanted = true;
  metadata.allowedFrom = context.now + backoff(network.options.retry, 0, context.random('metadata'));
}

/** The request was lost. */
export function metadataLost(metadata: Metadata, network: Network, context: Context): void {
  metadata.isAsked = false;
  metadata.isWanted = true;
  const wait = backoff(network.options.retry, metadata.failures++, context.random('metadata'));
  metadata.allowedFrom = context.now + wait;
}
