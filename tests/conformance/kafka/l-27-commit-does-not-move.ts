import { defineConformance } from '../define';
import { committedOffsets, connectProducer, createTopic, offsetsTaken, startReading } from './steps';

export default defineConformance({
  id: 'L-27',
  title: 'A commit does not move who is reading: it counts from the next life on.',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { kafka, name, observe } = tools;
    const [topic, groupId] = [name('orders'), name('billing')];
    const admin = await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    await producer.send({ topic, messages: ['a', 'b', 'c'].map((value) => ({ value })) });
    const first = await startReading(kafka, topic, { groupId }, { autoCommit: false });
    await offsetsTaken(tools, first, 3);
    for (const offset of ['1', '50']) {
      await first.consumer.commitOffsets([{ topic, partition: 0, offset, metadata: 'a note' }]);
      observe('committed', await committedOffsets(admin, groupId, topic));
    }
    await first.consumer.commitOffsets([{ topic, partition: 0, offset: '1' }]);
    await producer.send({ topic, messages: [{ value: 'd' }] });
    observe('first life', await offsetsTaken(tools, first, 4));
    await first.consumer.disconnect();
    const second = await startReading(kafka, topic, { groupId }, { autoCommit: false });
    observe('second life', await offsetsTaken(tools, second, 3));
  },
});
