import { defineConformance } from '../define';
import { committedOffsets, connectProducer, createTopic, offsetsTaken, startReading } from './steps';

export default defineConformance({
  id: 'K-38',
  title: 'Who commits the offset of the last message, not the next one, is given that message again.',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { kafka, name, observe } = tools;
    const [topic, groupId] = [name('orders'), name('billing')];
    const admin = await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    await producer.send({ topic, messages: ['a', 'b', 'c'].map((value) => ({ value })) });
    const first = await startReading(kafka, topic, { groupId }, { autoCommit: false });
    observe('first life', await offsetsTaken(tools, first, 3));
    await first.consumer.commitOffsets([{ topic, partition: 0, offset: '2' }]);
    await first.consumer.disconnect();
    observe('committed', await committedOffsets(admin, groupId, topic));
    const second = await startReading(kafka, topic, { groupId }, { autoCommit: false });
    observe('second life', await offsetsTaken(tools, second, 1));
  },
});
