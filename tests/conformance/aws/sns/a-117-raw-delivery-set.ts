import { defineConformance } from '../../define';
import { createQueue } from '../steps';
import { createTopic, subscribe, setSubscription, attributesOfSubscription } from '../topics';

export default defineConformance({
  id: 'A-117',
  title: 'Raw delivery can be set later, and shows.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const arn = await subscribe(topic, await createQueue(tools));
    await setSubscription(topic, arn, 'RawMessageDelivery', 'true');
    observe('attributes', await attributesOfSubscription(topic, arn));
  },
});
