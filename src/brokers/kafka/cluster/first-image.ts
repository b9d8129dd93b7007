/** The metadata of a cluster whose nodes are all up and whose topics are those of the scenario. */
import { configsOf } from '../config';
import type { BrokerOptions } from '../options';
import type { ClusterImage, NodeImage, PartitionImage, TopicImage } from '../protocol/cluster';

/** Most copies a topic has unless somebody asks for more or fewer. */
const usualCopies = 3;

export function hostOfNode(cluster: string, nodeId: number): string {
  return `${cluster}-${nodeId}`;
}

export function controllerOf(cluster: string): string {
  return `${cluster}-controller`;
}

export function firstImage({ name, nodes: count = 1, topics }: BrokerOptions): ClusterImage {
  const nodes: NodeImage[] = Array.from({ length: count }, (_, index) => ({
    ...{ nodeId: index + 1, host: hostOfNode(name, index + 1), isFenced: false, brokerEpoch: 1 },
  }));
  const images = topics.map((topic): TopicImage => {
    const copies = Math.min(topic.replicationFactor ?? usualCopies, count);
    const active = nodes.map(({ nodeId }) => nodeId);
    const partitions = placed(active, topic.partitions, copies, 0).map(newPartitionImage);
    return { name: topic.name, configs: configsOf(topic), partitions };
  });
  return { version: 1, nodes, topics: new Map(images.map((topic) => [topic.name, topic])) };
}

/** All of its replicas are in sync, since it is empty. */
export function newPartitionImage(replicas: readonly number[]): PartitionImage {
  return {
    ...{ replicas, isr: replicas, elr: [], lastLeader: null },
    ...{ leader: replicas[0], leaderEpoch: 0, partitionEpoch: 0 },
  };
}

/**
 * Replicas for so many partitions: the leaders go round the nodes from the one at `first`, the followers are the ones
 * after it. StripedReplicaPlacer.java begins at a random node; where that matters, the caller draws `first`.
 */
export function placed(
  nodes: readonly number[],
  partitions: number,
  copies: number,
  first: number,
): readonly (readonly number[])[] {
  return Array.from({ length: partitions }, (_, partition) =>
    Array.from({ length: copies }, (_, copy) => nodes[(first + partition + copy) % nodes.length]),
  );
}
