import { defineConformance } from '../define';
import { committedOffsets, connectProducer, createTopic, offsetsTaken, startReading } from './steps';

export default defineConformance({
  id: 'K-37',
  title: 'Without commits everything comes again.',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { kafka, name, observe } = tools;
    const [topic, groupId] = [name('orders'), name('billing')];
    const admin = await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    await producer.send({ topic, messages: ['a', 'b'].map((value) => ({ value })) });
    for (const life of ['first life', 'second life']) {
      const reading = await startReading(kafka, topic, { groupId }, { autoCommit: false });
      observe(life, await offsetsTaken(tools, reading, 2));
      await reading.consumer.disconnect();
      observe('committed', await committedOffsets(admin, groupId, topic));
    }
  },
});
