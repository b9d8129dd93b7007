/**
 * What new metadata means for this node: topics come and go, and each of its copies leads, follows, or is none of its
 * business (BrokerMetadataPublisher.scala, ReplicaManager.scala applyDelta, Partition.scala makeLeader, makeFollower).
 */
import type { Context } from '../../../kernel/machine';
import { topicConfig } from '../config';
import { answerParked, takeFetches } from '../fetch';
import { newPartition, type Partition } from '../partition';
import type { ClusterImage, PartitionImage, TopicImage } from '../protocol/cluster';
import type { Topic } from '../state';
import { answerAwaited } from './awaiting';
import type { Clustered } from './cluster-state';
import { resignCoordinator, takeOverCoordinator } from './coordinators';
import { followLeaders } from './follow';
import { advance, tellOfIsr } from './lead';
import { newReplication, noteEpoch, type FollowerState } from './replication';
import { inSyncRules } from './settings';

/**
 * Takes the metadata in, unless it is older than what is known. What was published before this life of the node was registered
 * is not for it: a leader that has lost power would go on in its old epoch, without its last records. The first that is may
 * overtake the answer to the registration.
 */
export function applyImage(state: Clustered, image: ClusterImage, context: Context): void {
  const { cluster } = state;
  if (cluster.brokerEpoch === null) {
    if (image.version > (cluster.early?.version ?? -1)) cluster.early = image;
    return;
  }
  if (image.version < cluster.brokerEpoch || image.version <= cluster.image.version) return;
  cluster.image = image;
  playRoles(state, context);
}

/** Makes of this node what its metadata says. */
export function playRoles(state: Clustered, context: Context): void {
  const { image } = state.cluster;
  if (image.groupConfigs) state.groupConfigs = image.groupConfigs;
  // also one that was deleted and made again while this node did not listen
  for (const { name, since } of [...state.topics.values()])
    if (!image.topics.has(name) || image.topics.get(name)!.since !== since) removeTopic(state, name, context);
  for (const topic of image.topics.values()) putTopic(state, topic, context);
  answerAwaited(state, context);
  followLeaders(state, context);
}

function removeTopic(state: Clustered, name: string, context: Context): void {
  const { partitions } = state.topics.get(name)!;
  const waiting = takeFetches(state, partitions, context);
  state.topics.delete(name);
  for (const group of state.groups.values())
    for (const [address, committed] of group.offsets)
      if (committed.topic === name) group.offsets.delete(address);
  for (const parked of waiting) answerParked(state, parked, context);
}

function putTopic(state: Clustered, topic: TopicImage, context: Context): void {
  const defaults = state.config.topicDefaults;
  const config = topicConfig(defaults, topic.configs)!;
  const rules = inSyncRules(defaults, topic.configs);
  const known = state.topics.get(topic.name)?.partitions ?? [];
  const partitions = topic.partitions.map((image, index) => {
    if (known[index]) return known[index];
    const partition = newPartition(state.name, topic.name, index, config, context.now);
    partition.replication = newReplication(image, rules);
    return partition;
  });
  const { name, since } = topic;
  const grown: Topic = { name, partitions, ...(since === undefined ? {} : { since }) };
  if (known.length !== partitions.length) state.topics.set(topic.name, grown);
  partitions.forEach((partition, index) => {
    partition.config = config;
    partition.replication!.rules = rules;
    play(state, partition, topic.partitions[index], context);
  });
}

function play(state: Clustered, partition: Partition, image: PartitionImage, context: Context): void {
  const replication = partition.replication!;
  const before = replication.image;
  const { role } = replication;
  replication.image = image;
  partition.leaderEpoch = image.leaderEpoch;
  const isNewEpoch = image.leaderEpoch !== before.leaderEpoch;
  if (image.leader === state.nodeId) {
    if (role !== 'leader' || isNewEpoch) lead(state, partition, context);
    else if (image.partitionEpoch === before.partitionEpoch) return;
    else tellOfIsr(partition, before.isr, context);
    replication.pendingIsr = null;
    return advance(state, partition, context);
  }
  replication.role = image.replicas.includes(state.nodeId) ? 'follower' : 'none';
  if (role === 'leader') resign(state, partition, context);
  if (role !== replication.role || isNewEpoch) replication.delayedUntil = 0;
}

/** Its epoch begins at its log end, whatever others have beyond that. */
function lead(state: Clustered, partition: Partition, context: Context): void {
  const replication = partition.replication!;
  const { image } = replication;
  const { now } = context;
  replication.role = 'leader';
  replication.epochStart = partition.logEnd;
  replication.pendingIsr = null;
  noteEpoch(replication, image.leaderEpoch, partition.logEnd);
  const followers = image.replicas.filter((node) => node !== state.nodeId);
  replication.followers = new Map(
    followers.map((node): [number, FollowerState] => [
      node,
      {
        ...{ logEnd: -1, lastFetchAt: 0, logEndAtLastFetch: 0 },
        lastCaughtUp: image.isr.includes(node) ? now : 0,
      },
    ]),
  );
  takeOverCoordinator(state, partition, context);
}

/** Whoever waits here is sent away. */
function resign(state: Clustered, partition: Partition, context: Context): void {
  const replication = partition.replication!;
  replication.followers = new Map();
  replication.pendingIsr = null;
  const waiting = takeFetches(state, [partition], context);
  resignCoordinator(state, partition, context);
  for (const parked of waiting) answerParked(state, parked, context);
}
