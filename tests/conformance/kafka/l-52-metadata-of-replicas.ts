import { defineConformance } from '../define';
import { createReplicated, inSyncOf } from './replicas';

export default defineConformance({
  id: 'L-52',
  title:
    'Metadata name the replicas, who is in sync and who is away; a node that is down is in the cluster no more.',
  broker: 'kafka',
  cluster: { nodes: 3 },
  compare: 'D',
  async run({ kafka, name, fault, observe, until }) {
    const topic = name('orders');
    const replicas = [
      [1, 2],
      [2, 3],
      [3, 1],
    ];
    const admin = await createReplicated(kafka, topic, replicas);
    const look = async () => {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      return topics[0].partitions.toSorted((a, b) => a.partitionId - b.partitionId);
    };
    const nodes = async () => (await admin.describeCluster()).brokers.map(({ nodeId }) => nodeId).toSorted();
    observe('at first', await look());
    observe('nodes', await nodes());
    await fault.crash(2);
    await until(async () => (await inSyncOf(admin, topic)).flat().every((node) => node !== 2), 60_000);
    observe('without 2', await look());
    observe('nodes without 2', await nodes());
    await fault.start(2);
    await until(async () => (await inSyncOf(admin, topic)).flat().length === 6, 60_000);
    const again = await look();
    observe('leaders with 2', again.map(({ leader }) => leader)); // prettier-ignore
    observe('away with 2', again.map(({ offlineReplicas }) => offlineReplicas)); // prettier-ignore
  },
});
