import { defineConformance } from '../define';

export default defineConformance({
  id: 'K-65',
  title: 'createTopics says true, and false when the topic is there already.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe }) {
    const topic = name('orders');
    const admin = kafka.admin();
    await admin.connect();
    for (const numPartitions of [2, 3])
      observe('created', await admin.createTopics({ topics: [{ topic, numPartitions }] }));
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    observe('partitions', topics[0].partitions.length);
  },
});
