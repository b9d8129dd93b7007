import { defineConformance } from '../define';
import { committedOffsets, connectProducer, createTopic } from './steps';

export default defineConformance({
  id: 'L-21',
  title: 'Within a batch autoCommitThreshold commits after so many messages; without it, only its end does.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, until }) {
    for (const autoCommitThreshold of [2, null]) {
      const [topic, groupId] = [name('orders'), name('billing')];
      const admin = await createTopic(kafka, topic, 1);
      const producer = await connectProducer(kafka);
      await producer.send({ topic, messages: ['a', 'b', 'c', 'd', 'e'].map((value) => ({ value })) });
      const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 500 });
      await consumer.connect();
      await consumer.subscribe({ topic, fromBeginning: true });
      await consumer.run({
        autoCommitThreshold,
        eachMessage: async () =>
          observe(
            `committed at each, threshold ${autoCommitThreshold}`,
            (await committedOffsets(admin, groupId, topic))[0],
          ),
      });
      await until(async () => (await committedOffsets(admin, groupId, topic))[0] === 5);
    }
  },
});
