import { defineConformance } from '../define';
import { connectProducer, createTopic } from './steps';

const EVENTS = [
  'consumer.connect',
  'consumer.group_join',
  'consumer.start_batch_process',
  'consumer.end_batch_process',
  'consumer.commit_offsets',
  'consumer.stop',
  'consumer.disconnect',
] as const;

export default defineConformance({
  id: 'L-38',
  title: 'What a consumer tells of a batch, in its order.',
  broker: 'kafka',
  compare: 'D',
  async run({ kafka, name, observe, sleep, until }) {
    const topic = name('orders');
    await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    await producer.send({ topic, messages: ['a', 'b'].map((value) => ({ value })) });
    const consumer = kafka.consumer({ groupId: name('billing'), maxWaitTimeInMs: 200 });
    const told: string[] = [];
    for (const event of EVENTS) consumer.on(event, ({ type }) => void told.push(type));
    consumer.on('consumer.end_batch_process', ({ payload }) => {
      const { batchSize, firstOffset, lastOffset, highWatermark, offsetLag, partition } = payload;
      observe('batch', { batchSize, firstOffset, lastOffset, highWatermark, offsetLag, partition });
    });
    consumer.on('consumer.commit_offsets', ({ payload }) => observe('commit', payload.topics));
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: async () => {
        told.push('message');
      },
    });
    await until(() => told.includes('consumer.commit_offsets'));
    await sleep(500);
    await consumer.disconnect();
    observe('told', told);
  },
});
