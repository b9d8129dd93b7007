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

// The recording looks at message-1 again after message-2, and at message-3 after message-4: nothing new had come.
export default defineConformance({
  id: 'A-151',
  title: 'A filter on an attribute that has to be there, then on one that must not.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const queue = await createQueue(tools);
    const arn = await subscribe(topic, queue);
    const arrived = async () => (await takeAll(queue, 1)).map((message) => envelopeOf(message).Message);
    const store = text('99', 'Number');
    const def = text('99', 'Number');
    await setSubscription(topic, arn, 'FilterPolicy', '{"store": [{"exists": true}]}');
    observe('attributes', await attributesOfSubscription(topic, arn));
    await topic.publish('message-1', { MessageAttributes: { store, def } });
    observe('there', await arrived());
    await topic.publish('message-2', { MessageAttributes: { attr1: text('111', 'Number') } });
    observe('notThere', await arrived());
    await setSubscription(topic, arn, 'FilterPolicy', '{"store": [{"exists": false}]}');
    await topic.publish('message-3', { MessageAttributes: { def } });
    observe('rightlyNotThere', await arrived());
    await topic.publish('message-4', { MessageAttributes: { store, def } });
    observe('wronglyThere', await arrived());
  },
});
