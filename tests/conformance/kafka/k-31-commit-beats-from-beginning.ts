import { defineConformance } from '../define';
import { committedOffsets, connectProducer, createTopic, offsetsTaken, startReading } from './steps';

export default defineConformance({
  id: 'K-31',
  title: 'A commit beats fromBeginning.',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { kafka, name, observe } = tools;
    const [topic, groupId] = [name('orders'), name('billing')];
    const admin = await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    await producer.send({ topic, messages: ['a', 'b', 'c', 'd', 'e'].map((value) => ({ value })) });
    await admin.setOffsets({ groupId, topic, partitions: [{ partition: 0, offset: '2' }] });
    const reading = await startReading(kafka, topic, { groupId });
    observe('taken', await offsetsTaken(tools, reading, 3));
    observe('committed', await committedOffsets(admin, groupId, topic));
  },
});
