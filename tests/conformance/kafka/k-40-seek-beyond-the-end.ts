import { defineConformance } from '../define';
import { committedOffsets, connectProducer, createTopic, offsetsTaken, startReading } from './steps';

export default defineConformance({
  id: 'K-40',
  title: 'A seek beyond the end goes where fromBeginning says: to the start, or to the end.',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { kafka, name, observe, sleep } = tools;
    for (const fromBeginning of [true, false]) {
      const [topic, groupId] = [name('orders'), name('billing')];
      const says = `fromBeginning ${fromBeginning}`;
      const admin = await createTopic(kafka, topic, 1);
      const producer = await connectProducer(kafka);
      await producer.send({ topic, messages: ['a', 'b', 'c'].map((value) => ({ value })) });
      const reading = await startReading(kafka, topic, { groupId }, { fromBeginning });
      await offsetsTaken(tools, reading, fromBeginning ? 3 : 0);
      reading.consumer.seek({ topic, partition: 0, offset: '100' });
      await sleep(3000);
      await producer.send({ topic, messages: [{ value: 'd' }] });
      observe(says, await offsetsTaken(tools, reading, fromBeginning ? 7 : 1));
      await reading.consumer.disconnect();
      observe(`${says}: committed`, await committedOffsets(admin, groupId, topic));
    }
  },
});
