import { defineConformance } from '../define';
import { connectProducer, createTopic, valuesIn } from './steps';

export default defineConformance({
  id: 'L-42',
  title: 'A broker that stalls answers when it goes on; who is patient sends nothing twice.',
  broker: 'kafka',
  compare: { sent: 'D', log: 'D', 'ms until it is answered': { code: 'T', min: 2500, max: 4000 } },
  async run(tools) {
    const { kafka, name, fault, now, observe } = tools;
    const topic = name('orders');
    await createTopic(kafka, topic, 1);
    const producer = await connectProducer(kafka);
    await producer.send({ topic, messages: [{ value: 'before' }] });
    await fault.pause(1, 3000);
    const began = now();
    observe('sent', await producer.send({ topic, messages: [{ value: 'during' }] }));
    observe('ms until it is answered', now() - began);
    observe('log', await valuesIn(tools, topic, 1, 2));
  },
});
