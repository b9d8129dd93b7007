import { defineConformance } from '../define';
import { connectProducer, createTopic, valuesIn } from './steps';

export default defineConformance({
  id: 'L-09',
  title: 'Without keys kafkajs deals messages to partitions in turn, within a send and from one to the next.',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { kafka, name, observe } = tools;
    const topic = name('orders');
    await createTopic(kafka, topic, 3);
    const producer = await connectProducer(kafka);
    const [{ partition }] = await producer.send({ topic, messages: [{ value: '1' }] });
    await producer.send({ topic, messages: ['2', '3', '4', '5'].map((value) => ({ value })) });
    for (const value of ['6', '7']) await producer.send({ topic, messages: [{ value }] });
    const log = await valuesIn(tools, topic, 3, 7);
    // Where the round robin begins is random, so partitions are named from there.
    observe('from the first on', [...log.slice(partition), ...log.slice(0, partition)]);
  },
});
