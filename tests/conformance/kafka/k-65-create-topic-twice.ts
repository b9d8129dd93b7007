import { defineConformance } from '../define';
import { rejectionOf } from './steps';

export default defineConformance({
  id: 'K-65',
  title: 'createTopics says true, and false when the topic is there already.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, until }) {
    const topic = name('orders');
    const admin = kafka.admin();
    await admin.connect();
    for (const numPartitions of [2, 3])
      observe(
        'created',
        await admin.createTopics({ topics: [{ topic, numPartitions }], waitForLeaders: false }),
      );
    await until(async () => !(await rejectionOf(admin.fetchTopicMetadata({ topics: [topic] }))));
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    observe('partitions', topics[0].partitions.length);
  },
});
