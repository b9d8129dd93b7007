import { defineConformance } from '../../define';
import { createQueue, text } from '../steps';
import { createTopic, subscribe, envelopeOf, takeAll } from '../topics';

export default defineConformance({
  id: 'A-503',
  title: 'A topic that signs in the second version says so in the envelope.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools, { SignatureVersion: '2' });
    const queue = await createQueue(tools);
    await subscribe(topic, queue);
    await topic.publish('message', { MessageAttributes: { attr1: text('1', 'Number') } });
    const [message] = await takeAll(queue, 1, 10);
    observe('received', envelopeOf(message));
  },
});
