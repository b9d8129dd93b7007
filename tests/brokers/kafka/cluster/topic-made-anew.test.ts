import { expect, test } from 'vitest';
import { part } from '../../../../src/brokers/kafka/broker';
import { noteEpoch } from '../../../../src/brokers/kafka/cluster/replication';
import type { MetadataPublished } from '../../../../src/brokers/kafka/protocol/cluster';
import { newBroker, partitionOf, type BrokerState } from '../../../../src/brokers/kafka/state';
import type { Tagged } from '../../../../src/kernel/machine';
import { seeded, transition } from '../../../helpers/transition';

function told(state: BrokerState, command: Tagged): BrokerState {
  return transition(part.machine, state, command as never, { self: 'kafka-3', random: seeded(1) }).state;
}

/** A node that follows and has a record; then it hears of a topic of that name, made at this version of the metadata. */
function epochsAfterNewsOf(since: number | undefined): number[] {
  const topics = [{ name: 'orders', partitions: 1 }];
  const node = told(newBroker({ name: 'kafka', topics, nodes: 3, node: 3 }), { type: 'Start' });
  noteEpoch(partitionOf(node, 'orders', 0)!.replication!, 0, 0);
  const { image } = node.cluster!;
  const { since: _, ...before } = image.topics.get('orders')!;
  const orders = since === undefined ? before : { ...before, since };
  const news: MetadataPublished = {
    type: 'MetadataPublished',
    image: { ...image, version: 9, topics: new Map([['orders', orders]]) },
  };
  return partitionOf(told(node, news), 'orders', 0)!.replication!.epochs.map(({ epoch }) => epoch);
}

test('a node keeps its copy while the topic is the same', () => {
  expect(epochsAfterNewsOf(undefined)).toEqual([0]);
});

test('of a topic that was deleted and made again meanwhile a node keeps nothing', () => {
  expect(epochsAfterNewsOf(9)).toEqual([]);
});
