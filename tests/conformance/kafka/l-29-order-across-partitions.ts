import { defineConformance } from '../define';
import { connectProducer, createTopic, startReading } from './steps';

export default defineConformance({
  id: 'L-29',
  title: 'Order holds in a partition, not in a topic: what was sent in turn is read lane by lane.',
  broker: 'kafka',
  compare: { lanes: 'P', 'read as it was sent': 'D' },
  async run({ kafka, name, observe, until }) {
    const topic = name('orders');
    await createTopic(kafka, topic, 2);
    const producer = await connectProducer(kafka);
    const values = ['1', '2', '3', '4', '5', '6'];
    for (const value of values)
      await producer.send({ topic, messages: [{ partition: Number(value) % 2, value }] });
    const { taken } = await startReading(kafka, topic, { groupId: name('billing') });
    await until(() => taken.length === values.length);
    const lane = (partition: number) =>
      taken.filter((record) => record.partition === partition).map(({ value }) => value);
    observe('lanes', [lane(0), lane(1)]);
    observe('read as it was sent', taken.map(({ value }) => value).join() === values.join());
  },
});
