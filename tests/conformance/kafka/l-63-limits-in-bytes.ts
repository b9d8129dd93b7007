import { defineConformance } from '../define';
import { createTopic, connectProducer, startReading, offsetsTaken } from './steps';
export default defineConformance({
  id: 'L-63',
  title: 'A fetch brings whole batches up to its limits in bytes, and one at least.',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { kafka, name, observe, until } = tools;
    const topic = name('orders');
    await createTopic(kafka, topic, 2);
    const producer = await connectProducer(kafka);
    for (const partition of [0, 1])
      for (let i = 0; i < 6; i++)
        await producer.send({ topic, messages: [{ partition, value: 'x'.repeat(1000) }] });
    const consumer = kafka.consumer({ groupId: name('g'), maxBytesPerPartition: 2500, maxWaitTimeInMs: 500 });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    const sizes: number[][] = [[], []];
    await consumer.run({
      eachBatch: async ({ batch }) => {
        sizes[batch.partition].push(batch.messages.length);
      },
    });
    await until(() => sizes.flat().reduce((a, b) => a + b, 0) === 12);
    observe('sizes', sizes);
    await consumer.disconnect();
    const one = kafka.consumer({ groupId: name('h'), maxBytes: 1500, maxWaitTimeInMs: 500 });
    await one.connect();
    await one.subscribe({ topic, fromBeginning: true });
    const small: number[] = [];
    await one.run({
      eachBatch: async ({ batch }) => {
        small.push(batch.messages.length);
      },
    });
    await until(() => small.reduce((a, b) => a + b, 0) === 12);
    observe('small', small);
    const reading = await startReading(kafka, topic, {
      groupId: name('min'),
      minBytes: 4000,
      maxWaitTimeInMs: 2000,
    });
    observe('offsets', (await offsetsTaken(tools, reading, 12)).length);
  },
});
