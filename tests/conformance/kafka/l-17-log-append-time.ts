import { defineConformance } from '../define';
import { connectProducer, createTopic } from './steps';

export default defineConformance({
  id: 'L-17',
  title: "With LogAppendTime the broker's clock stands in the record and in the answer.",
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, until }) {
    const topic = name('orders');
    await createTopic(kafka, topic, 1, { 'message.timestamp.type': 'LogAppendTime' });
    const producer = await connectProducer(kafka);
    const [answer] = await producer.send({ topic, messages: [{ value: 'a', timestamp: '1000' }] });
    observe('answered with a time', answer.logAppendTime !== '-1');
    const consumer = kafka.consumer({ groupId: name('billing'), maxWaitTimeInMs: 500 });
    let timestamp: string | null = null;
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ message }) => {
        timestamp = message.timestamp;
      },
    });
    await until(() => timestamp !== null);
    observe('the same in the record', timestamp === answer.logAppendTime);
  },
});
