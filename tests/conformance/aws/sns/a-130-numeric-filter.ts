import { defineConformance } from '../../define';
import { createQueue, text } from '../steps';
import {
  createTopic,
  subscribe,
  envelopeOf,
  setSubscription,
  takeAll,
  attributesOfSubscription,
} from '../topics';

export default defineConformance({
  id: 'A-130',
  title: 'A filter policy with a numeric range: scope and policy show, and a number within it passes.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const queue = await createQueue(tools);
    const arn = await subscribe(topic, queue);
    await setSubscription(topic, arn, 'FilterPolicy', '{"attr1": [{"numeric": [">", 0, "<=", 100]}]}');
    observe('attributes', await attributesOfSubscription(topic, arn));
    await topic.publish('This is a test message', { MessageAttributes: { attr1: text('99.12', 'Number') } });
    const [message] = await takeAll(queue, 1);
    observe('received', envelopeOf(message));
  },
});
