/**
 * How a cluster looks. A node knows its own copies and the groups it coordinates, the controller knows who leads; the
 * picture of a partition is put together from what all of them say (scenario/copies.ts).
 */
import type { LaneCopy, LaneRule, LanePointer, Look, PartPicture, Cargo } from '../../kernel/part';
import type { Tagged } from '../../kernel/machine';
import { transactionShapes } from './describe-transactions';
import type { Clustered } from './cluster/cluster-state';
import { lastEpoch } from './cluster/replication';
import { inSyncRules } from './cluster/settings';
import type { ControllerState } from './controller';
import { groupShapeOf, laneOf, pointerOf } from './describe';
import type { Partition } from './partition';
import type { FetchResponse } from './protocol';
import { offsetIn } from './protocol/records';
import { allPartitions } from './state';

/** Topics that the brokers keep for themselves are not drawn. */
function isShown(topic: string): boolean {
  return !topic.startsWith('__');
}

export function describeNode(state: Clustered, look: Look): PartPicture {
  const copies: LaneCopy[] = [];
  const pointers: LanePointer[] = [];
  const groups = [...state.groups.values()];
  for (const partition of allPartitions(state)) {
    if (!isShown(partition.topic)) continue;
    for (const group of groups) {
      const pointer = pointerOf(state, group, partition);
      if (pointer) pointers.push({ lane: partition.address, pointer });
    }
    if (partition.replication!.image.replicas.includes(state.nodeId)) copies.push(copyOf(state, partition, look)); // prettier-ignore
  }
  return {
    ...{ copies, pointers },
    shapes: [...groups.map((group) => groupShapeOf(state, group)), ...transactionShapes(state, look.now)],
  };
}

/** Who holds and leads each partition, as decided. */
export function describeController({ name, config, image }: ControllerState): PartPicture {
  const rules: LaneRule[] = [];
  for (const { name: topic, configs, partitions } of image.topics.values()) {
    if (!isShown(topic)) continue;
    const { minInSync } = inSyncRules(config.topicDefaults, configs);
    partitions.forEach(({ replicas, isr, leader, leaderEpoch }, index) =>
      rules.push({
        ...{ lane: `${name}/${topic}/${index}`, replicas, inSync: isr, leaderEpoch },
        ...{ leader: leader < 0 ? null : leader, minInSync: Math.min(minInSync, replicas.length) },
      }),
    );
  }
  return { rules };
}

/** Records on their way to a follower. */
export function cargoOfNode(command: Tagged): readonly Cargo[] {
  if (command.type !== 'FetchResponse') return [];
  return (command as FetchResponse).responses.flatMap(({ topic, partitions }) =>
    partitions
      .filter(({ batches }) => batches.length > 0 && isShown(topic))
      .map(({ partition, batches }) => ({
        lane: `${topic}/${partition}`,
        messages: batches.flatMap(({ records }) => records.map(({ message }) => message)),
        positions: batches.flatMap((batch) => batch.records.map((_, index) => offsetIn(batch, index))),
      })),
  );
}

function copyOf(state: Clustered, partition: Partition, look: Look): LaneCopy {
  const { replication, logEnd } = partition;
  const { truncated } = replication!;
  return {
    node: state.nodeId,
    lane: laneOf(state, partition, look),
    epoch: lastEpoch(replication!, logEnd),
    truncated: truncated && {
      ...{ from: truncated.from, to: truncated.to, at: truncated.at },
      faces: truncated.messages.map((message) => look.face(message)),
    },
  };
}
