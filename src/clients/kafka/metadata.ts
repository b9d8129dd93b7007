/** What a client knows about topics, asked for on first use, when it grows old, and after errors that hint it is stale. */
import type { ErrorCode, MetadataResponse } from '../../brokers/kafka/protocol';
import type { Context } from '../../kernel/machine';
import type { Time } from '../../kernel/time';
import { ask, clientIdOf, nextCorrelationId, reachable, seedsOf, type Cluster } from './cluster';
import { isUnreachable, protocolFailure, retriesExceeded, type Failure } from './failure';
import { newRetry, nextWait } from './retry';
import { topicMetadata } from './topic';

/** The driver's own reminder to try the refresh again. */
export interface RetryMetadata {
  readonly type: 'RetryMetadata';
}

/** Whether the metadata may be used for these topics without asking (kafkajs brokerPool.refreshMetadataIfNecessary). */
export function isFresh(cluster: Cluster, now: Time): boolean {
  return cluster.freshUntil > now && cluster.topics.every((topic) => cluster.metadata.has(topic));
}

/** Starts a refresh unless one is under way; everybody who needs one waits for the same. */
export function refreshMetadata(cluster: Cluster, context: Context): void {
  if (cluster.refreshing !== null) return;
  cluster.refreshing = newRetry();
  askForMetadata(cluster, context);
}

/** The next try of a refresh whose broker could not be reached. */
export function retryMetadata(cluster: Cluster, context: Context): void {
  cluster.refreshTimer = 0;
  if (cluster.refreshing !== null) askForMetadata(cluster, context);
}

/**
 * Takes the answer in. The failure, if it tells of an error in any topic: then nothing is learnt from it. While a partition
 * has no leader the refresh goes on, and there is no failure yet (`refreshing` is still set).
 */
export function learnMetadata(
  cluster: Cluster,
  context: Context,
  response: MetadataResponse,
): Failure | null {
  const wrong = wrongIn(response);
  if (wrong === 'LEADER_NOT_AVAILABLE') return metadataFailed(cluster, context, protocolFailure(wrong));
  cluster.refreshing = null;
  if (wrong) return protocolFailure(wrong);
  cluster.brokers = response.brokers;
  const name = response.clusterId ?? cluster.options.broker;
  cluster.metadata = new Map(response.topics.map((topic) => [topic.name, topicMetadata(name, topic)]));
  cluster.freshUntil = context.now + cluster.options.metadataMaxAge;
  return null;
}

/**
 * The request for metadata failed. null: the refresh goes on, the broker could not be reached and is tried again.
 * Otherwise it is over, and this is what those who wait for it get (kafkajs brokerPool.js connect, refreshMetadata).
 */
export function metadataFailed(cluster: Cluster, context: Context, failure: Failure): Failure | null {
  const retry = cluster.refreshing;
  if (retry === null) return null;
  if (isUnreachable(failure) || failure.type === 'LEADER_NOT_AVAILABLE') {
    const wait = nextWait(retry, cluster.options.retry, context.random('retry'));
    if (wait !== null) {
      const again: RetryMetadata = { type: 'RetryMetadata' };
      cluster.refreshTimer = context.after(wait, again);
      return null;
    }
    cluster.refreshing = null;
    return retriesExceeded(failure, retry.waitMs);
  }
  cluster.refreshing = null;
  return failure;
}

function askForMetadata(cluster: Cluster, context: Context): void {
  ask(cluster, context, someHost(cluster, context), {
    type: 'MetadataRequest',
    correlationId: nextCorrelationId(cluster),
    clientId: clientIdOf(cluster, context),
    topics: cluster.topics,
    allowAutoTopicCreation: cluster.options.allowAutoTopicCreation,
  });
}

/** The first error of a topic or, where all topics are well, of a partition (protocol/requests/metadata/v0/response.js). */
function wrongIn({ topics }: MetadataResponse): ErrorCode | null {
  const topic = topics.find(({ errorCode }) => errorCode !== 'NONE');
  if (topic) return topic.errorCode;
  for (const { partitions } of topics)
    for (const { errorCode = 'NONE' } of partitions) if (errorCode !== 'NONE') return errorCode;
  return null;
}

/** kafkajs asks any broker it knows, in random order, those first that it is connected to; else one it was given. */
export function someHost(cluster: Cluster, context: Context): string {
  const { brokers, options } = cluster;
  const known = brokers.length === 0 ? seedsOf(options) : brokers.map(({ host }) => host);
  const hosts = reachable(cluster, known);
  return hosts[hosts.length === 1 ? 0 : context.random('broker').below(hosts.length)];
}
