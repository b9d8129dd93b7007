import { defineConformance } from '../define';

export default defineConformance({
  id: 'K-07',
  title: 'Base offsets count records; the end is the next offset.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe }) {
    const topic = name('orders');
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: true });
    const producer = kafka.producer();
    await producer.connect();
    observe('first', await producer.send({ topic, messages: [{ value: 'a' }, { value: 'b' }, { value: 'c' }] }));
    observe('second', await producer.send({ topic, messages: [{ value: 'd' }, { value: 'e' }] }));
    observe('offsets', await admin.fetchTopicOffsets(topic));
  },
});
