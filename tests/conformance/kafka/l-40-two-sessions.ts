import { defineConformance } from '../define';
import { connectProducer, createTopic, valuesIn } from './steps';

export default defineConformance({
  id: 'L-40',
  title: 'Idempotence ends with the producer: what the next one sends again is there twice.',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { kafka, name, observe } = tools;
    const topic = name('orders');
    await createTopic(kafka, topic, 1);
    for (let life = 1; life <= 2; life++) {
      const producer = await connectProducer(kafka, { idempotent: true });
      observe('sent', await producer.send({ topic, messages: [{ key: 'k', value: 'm' }] }));
      await producer.disconnect();
    }
    observe('log', await valuesIn(tools, topic, 1, 2));
  },
});
