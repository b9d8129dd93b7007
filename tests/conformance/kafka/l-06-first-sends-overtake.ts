import { defineConformance } from '../define';
import { connectProducer, createTopic, valuesIn } from './steps';

export default defineConformance({
  id: 'L-06',
  title: 'The first of two sends to a new topic waits for metadata, and the second overtakes it.',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { kafka, name, observe } = tools;
    const topic = name('orders');
    await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    const send = (value: string) => producer.send({ topic, messages: [{ key: 'k', value }] });
    await Promise.all(['m1', 'm2'].map(send));
    await Promise.all(['m3', 'm4'].map(send));
    observe('log', await valuesIn(tools, topic, 1, 4));
  },
});
