import { defineConformance } from '../../define';
import { createQueue } from '../steps';
import { createTopic, subscribe, attributesOfSubscription } from '../topics';

export default defineConformance({
  id: 'A-115',
  title: 'A subscription can still be looked at when its topic is deleted.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const arn = await subscribe(topic, await createQueue(tools), { RawMessageDelivery: 'true' });
    await topic.destroy();
    observe('attributes', await attributesOfSubscription(topic, arn));
  },
});
