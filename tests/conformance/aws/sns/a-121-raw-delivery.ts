import { defineConformance } from '../../define';
import { createQueue } from '../steps';
import { createTopic, subscribe, takeAll, attributesOfSubscription } from '../topics';

export default defineConformance({
  id: 'A-121',
  title: 'Delivered raw, a message has its own text, and its attributes are the queue’s, binary ones too.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const queue = await createQueue(tools);
    const arn = await subscribe(topic, queue, { RawMessageDelivery: 'true' });
    observe('attributes', await attributesOfSubscription(topic, arn));
    const store = { DataType: 'Binary', BinaryValue: Uint8Array.of(2, 3, 4) };
    await topic.publish('This is a test message', { MessageAttributes: { store } });
    const [{ Body, MessageAttributes = {} }] = await takeAll(queue, 1);
    const { DataType, BinaryValue = [] } = MessageAttributes.store;
    observe('received', { Body, DataType, bytes: [...BinaryValue] });
  },
});
