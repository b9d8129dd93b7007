import { defineConformance } from '../../define';
import { connectProducer, createTopic, startReading } from '../steps';

export default defineConformance({
  id: 'X-03-kafka',
  title: 'What was read and committed is still there: a seek to 0 reads it again.',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { kafka, name, observe, until } = tools;
    const [topic, groupId] = [name('orders'), name('billing')];
    await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    await producer.send({ topic, messages: ['a', 'b', 'c'].map((value) => ({ value })) });
    const { consumer, taken } = await startReading(kafka, topic, { groupId });
    await until(() => taken.length === 3);
    observe(
      'first',
      taken.map(({ value }) => value),
    );
    consumer.seek({ topic, partition: 0, offset: '0' });
    await until(() => taken.length >= 6);
    observe(
      'after the seek',
      taken.slice(3).map(({ value }) => value),
    );
  },
});
