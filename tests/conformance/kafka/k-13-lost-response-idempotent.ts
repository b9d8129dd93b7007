import { defineConformance } from '../define';
import { connectProducer, createTopic, valuesIn } from './steps';

export default defineConformance({
  id: 'K-13',
  title: 'An idempotent send whose answer is lost is sent again, and stands in the log once.',
  broker: 'kafka',
  compare: 'D',
  async run(tools) {
    const { kafka, client, fault, name, observe } = tools;
    const topic = name('orders');
    await createTopic(kafka, topic, 1);
    const producer = await connectProducer(client('shop', { requestTimeout: 1000 }), { idempotent: true });
    await fault.dropResponse('shop', 'Produce');
    observe('sent', await producer.send({ topic, messages: [{ key: 'k', value: 'm' }] }));
    observe('sent', await producer.send({ topic, messages: [{ key: 'k', value: 'n' }] }));
    observe('log', await valuesIn(tools, topic, 1, 2));
  },
});
