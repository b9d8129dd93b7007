import { defineConformance } from '../define';
import { connectProducer, createTopic, valuesIn } from './steps';

/**
 * kafkajs takes turns at a lock before it sends, and whoever hands it on goes on a moment after the next; so the last,
 * who hands it to nobody, overtakes.
 */
export default defineConformance({
  id: 'L-06',
  title: 'Of sends that are not awaited the last overtakes the one before it, without any fault.',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { kafka, name, observe } = tools;
    for (const count of [2, 3, 5, 8]) {
      const topic = name('orders');
      await createTopic(kafka, topic, 1);
      const producer = await connectProducer(kafka);
      const values = Array.from({ length: count }, (_, index) => `m${index + 1}`);
      const sendAll = (prefix: string) =>
        Promise.all(
          values.map((value) => producer.send({ topic, messages: [{ key: 'k', value: prefix + value }] })),
        );
      await sendAll('first ');
      await sendAll('later ');
      observe(`${count} at a time`, await valuesIn(tools, topic, 1, 2 * count));
    }
  },
});
