import { defineConformance } from '../define';
import { committedOffsets, connectProducer, createTopic, endsOf, offsetsTaken, startReading } from './steps';

export default defineConformance({
  id: 'K-41',
  title: 'Where the committed offset was deleted, reading goes on at the new start, or skips to the end.',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { kafka, name, observe, sleep } = tools;
    const topic = name('orders');
    const admin = await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    const messages = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((value) => ({ value }));
    await producer.send({ topic, messages });
    const groups = [true, false].map((fromBeginning) => ({ fromBeginning, groupId: name('billing') }));
    for (const { groupId } of groups)
      await admin.setOffsets({ groupId, topic, partitions: [{ partition: 0, offset: '2' }] });
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '5' }] });
    observe('ends', await endsOf(admin, topic));
    for (const { fromBeginning, groupId } of groups) {
      const reading = await startReading(kafka, topic, { groupId }, { fromBeginning });
      await sleep(3000);
      await producer.send({ topic, messages: [{ value: 'later' }] });
      observe(`fromBeginning ${fromBeginning}`, await offsetsTaken(tools, reading, fromBeginning ? 4 : 1));
      await reading.consumer.disconnect();
      observe('committed', await committedOffsets(admin, groupId, topic));
    }
  },
});
