/**
 * What a consumer knows of topics and nodes: asked for when it subscribes, after errors that hint it is old, and every
 * metadata.max.age.ms; at most every retry.backoff.ms (Metadata.java, NetworkClient.DefaultMetadataUpdater).
 */
import type { MetadataResponse } from '../../brokers/kafka/protocol';
import type { Context } from '../../kernel/machine';
import type { Time } from '../../kernel/time';
import { clientIdOf, type ConsumerState } from './consumer-state';
import { isAsking, isUnavailable, send } from './wire';

export interface Metadata {
  nodes: readonly { readonly nodeId: number; readonly host: string }[];
  /** By name. Immutable. */
  topics: ReadonlyMap<string, TopicMetadata>;
  /** First part of addresses: "kafka". */
  cluster: string;
  /** Something hints that it is old. */
  isWanted: boolean;
  /** −Infinity: never. */
  updatedAt: Time;
  notBefore: Time;
}

/** Partition number → its leader. Immutable. */
export type TopicMetadata = readonly { readonly leader: number; readonly leaderEpoch: number }[];

/** Asks for what is needed and not known, or old, unless it is being asked for. */
export function keepMetadata(state: ConsumerState, context: Context): void {
  const { metadata, wire, config } = state;
  const { now } = context;
  if (!isMetadataDue(state, now) || now < metadata.notBefore || isAsking(wire, 'MetadataRequest')) return;
  const host = someNode(state, context);
  if (host === null) return;
  metadata.isWanted = false;
  metadata.notBefore = now + config.retryBackoff;
  send(
    wire,
    {
      type: 'MetadataRequest',
      topics: wantedTopics(state),
      allowAutoTopicCreation: config.createsTopics,
    },
    { host, channel: 'node', clientId: clientIdOf(state, context.self), timeout: config.requestTimeout },
    context,
  );
}

export function metadataDues({ metadata, config }: ConsumerState): readonly Time[] {
  return [metadata.notBefore, metadata.updatedAt + config.metadataMaxAge];
}

/** Whether it can be used for these topics: all of them were asked for, and nothing hints that it is old. */
export function isMetadataFresh(state: ConsumerState, topics: readonly string[]): boolean {
  const { metadata, wire } = state;
  if (metadata.isWanted || isAsking(wire, 'MetadataRequest')) return false;
  return topics.every((topic) => metadata.topics.has(topic));
}

/** Takes an answer in. A topic that is not there, or has a partition without a leader, is asked for again. */
export function learnMetadata(
  { metadata, config }: ConsumerState,
  response: MetadataResponse,
  now: Time,
): void {
  const topics = new Map<string, TopicMetadata>();
  for (const { name, errorCode, partitions } of response.topics) {
    if (errorCode !== 'NONE') metadata.isWanted = true;
    const known: { leader: number; leaderEpoch: number }[] = [];
    for (const { partitionIndex, leaderId, leaderEpoch, errorCode: code = 'NONE' } of partitions) {
      if (code !== 'NONE') metadata.isWanted = true;
      known[partitionIndex] = { leader: leaderId, leaderEpoch };
    }
    topics.set(name, known);
  }
  metadata.nodes = response.brokers;
  metadata.topics = topics;
  metadata.cluster = response.clusterId ?? config.broker;
  metadata.updatedAt = now;
}

export function leaderOf({ metadata }: ConsumerState, topic: string, partition: number): string | null {
  const leader = metadata.topics.get(topic)?.[partition]?.leader ?? -1;
  return metadata.nodes.find(({ nodeId }) => nodeId === leader)?.host ?? null;
}

export function leaderEpochOf({ metadata }: ConsumerState, topic: string, partition: number): number {
  return metadata.topics.get(topic)?.[partition]?.leaderEpoch ?? -1;
}

export function countOf({ metadata }: ConsumerState, topic: string): number {
  return metadata.topics.get(topic)?.length ?? 0;
}

/** "kafka/orders/0". */
export function addressOf({ metadata, config }: ConsumerState, topic: string, partition: number): string {
  return `${metadata.cluster === '' ? config.broker : metadata.cluster}/${topic}/${partition}`;
}

/** Any node that can be reached as far as is known; null: none (leastLoadedNode). */
export function someNode({ metadata, wire, config }: ConsumerState, context: Context): string | null {
  const known = metadata.nodes.length > 0 ? metadata.nodes.map(({ host }) => host) : config.hosts;
  const hosts = known.filter((host) => !isUnavailable(wire, host, context.now));
  if (hosts.length === 0) return null;
  return hosts[hosts.length === 1 ? 0 : context.random('node').below(hosts.length)];
}

function isMetadataDue(state: ConsumerState, now: Time): boolean {
  const { metadata, config } = state;
  if (metadata.isWanted || now >= metadata.updatedAt + config.metadataMaxAge) return true;
  return wantedTopics(state).some((topic) => !metadata.topics.has(topic));
}

function wantedTopics({ subscribed, groupTopics, assigned }: ConsumerState): readonly string[] {
  const topics = new Set([...(subscribed ?? []), ...groupTopics]);
  for (const { topic } of assigned.values()) topics.add(topic);
  return [...topics];
}
