import { defineConformance } from '../define';
import { committedOffsets, connectProducer, createTopic, offsetsTaken, startReading } from './steps';

export default defineConformance({
  id: 'L-05',
  title: 'With autoCommit on, a seek commits the sought offset even when nothing is read after it.',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { kafka, name, observe, until } = tools;
    const [topic, groupId] = [name('orders'), name('billing')];
    const admin = await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    await producer.send({ topic, messages: ['a', 'b', 'c'].map((value) => ({ value })) });
    const reading = await startReading(kafka, topic, { groupId });
    await offsetsTaken(tools, reading, 3);
    reading.consumer.pause([{ topic }]);
    reading.consumer.seek({ topic, partition: 0, offset: '1' });
    await until(async () => (await committedOffsets(admin, groupId, topic))[0] === 1);
    observe('taken while paused', await offsetsTaken(tools, reading, 3));
    reading.consumer.resume([{ topic }]);
    observe('taken', await offsetsTaken(tools, reading, 5));
    await reading.consumer.disconnect();
    observe('committed', await committedOffsets(admin, groupId, topic));
  },
});
