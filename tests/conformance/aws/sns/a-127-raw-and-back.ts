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
  id: 'A-127',
  title: 'Raw delivery that is switched off again takes effect with the next message.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const queue = await createQueue(tools);
    const arn = await subscribe(topic, queue);
    await setSubscription(topic, arn, 'RawMessageDelivery', 'true');
    observe('rawAttributes', await attributesOfSubscription(topic, arn));
    await topic.publish('Test msg', { MessageAttributes: { attr1: text('99.12', 'Number') } });
    const [raw] = await takeAll(queue, 1);
    observe('raw', { body: raw.Body, attributes: raw.MessageAttributes, digest: raw.MD5OfMessageAttributes });
    await setSubscription(topic, arn, 'RawMessageDelivery', 'false');
    observe('wrappedAttributes', await attributesOfSubscription(topic, arn));
    await topic.publish('Test msg', { MessageAttributes: { attr1: text('100.12', 'Number') } });
    const [wrapped] = await takeAll(queue, 1);
    observe('wrapped', envelopeOf(wrapped));
  },
});
