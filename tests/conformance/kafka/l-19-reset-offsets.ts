import { defineConformance } from '../define';
import { committedOffsets, connectProducer, createTopic, offsetsTaken, startReading } from './steps';

export default defineConformance({
  id: 'L-19',
  title: 'resetOffsets commits the first offset, or the next one; it is read from there.',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { kafka, name, observe } = tools;
    const [topic, groupId] = [name('orders'), name('billing')];
    const admin = await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    await producer.send({ topic, messages: ['a', 'b', 'c'].map((value) => ({ value })) });
    // An admin that has not asked for the topic's offsets does not know who leads it (L-24).
    await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '1' }] });
    for (const earliest of [true, false]) {
      await admin.resetOffsets({ groupId, topic, earliest });
      observe(`earliest ${earliest}`, await committedOffsets(admin, groupId, topic));
      const resolved = await admin.fetchOffsets({ groupId, topics: [topic], resolveOffsets: true });
      observe(`earliest ${earliest}: resolved`, resolved);
      const reading = await startReading(kafka, topic, { groupId });
      observe(`earliest ${earliest}: taken`, await offsetsTaken(tools, reading, earliest ? 2 : 0));
      await reading.consumer.disconnect();
    }
  },
});
