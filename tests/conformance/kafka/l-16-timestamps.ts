import { defineConformance } from '../define';
import { connectProducer, createTopic, rejectionOf } from './steps';

export default defineConformance({
  id: 'L-16',
  title: "A record keeps its sender's timestamp, and is found by it; one too far ahead is refused.",
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, until }) {
    const topic = name('orders');
    const admin = await createTopic(kafka, topic, 1, { 'retention.ms': '-1' });
    const producer = await connectProducer(kafka);
    for (const timestamp of ['1000', '3000', '2000'])
      await producer.send({ topic, messages: [{ value: timestamp, timestamp }] });
    for (const timestamp of [500, 1001, 2001, 3001])
      observe(`offset at ${timestamp}`, await admin.fetchTopicOffsetsByTimestamp(topic, timestamp));
    const ahead = { value: 'ahead', timestamp: '33000000000000' };
    observe('too far ahead', await rejectionOf(producer.send({ topic, messages: [ahead] })));
    const consumer = kafka.consumer({ groupId: name('billing'), maxWaitTimeInMs: 500 });
    const timestamps: string[] = [];
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ message: { timestamp } }) => {
        timestamps.push(timestamp);
      },
    });
    await until(() => timestamps.length === 3);
    observe('timestamps', timestamps);
  },
});
