import { defineConformance } from '../define';
import { createTopic } from './steps';

export default defineConformance({
  id: 'L-31',
  title: 'What a cluster says of itself, and of a topic.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe }) {
    const topic = name('orders');
    const admin = await createTopic(kafka, topic, 2);
    const { brokers, controller } = await admin.describeCluster();
    observe('nodes', brokers.length);
    observe(
      'the controller is one of them',
      brokers.some(({ nodeId }) => nodeId === controller),
    );
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    const partitions = topics[0].partitions.toSorted((a, b) => a.partitionId - b.partitionId);
    observe(
      'partitions',
      partitions.map(({ partitionErrorCode, partitionId, replicas, isr, leader }) => ({
        partitionErrorCode,
        partitionId,
        replicas: replicas.length,
        inSync: isr.length,
        led: replicas.includes(leader),
      })),
    );
    observe('listed', (await admin.listTopics()).includes(topic));
    await admin.deleteTopics({ topics: [topic] });
    observe('listed after it was deleted', (await admin.listTopics()).includes(topic));
  },
});
