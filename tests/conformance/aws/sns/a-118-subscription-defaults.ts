import { defineConformance } from '../../define';
import { createQueue } from '../steps';
import { createTopic, subscribe, attributesOfSubscription } from '../topics';

export default defineConformance({
  id: 'A-118',
  title: 'A subscription of a queue is confirmed at once, without raw delivery and without a filter.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const arn = await subscribe(topic, await createQueue(tools));
    observe('attributes', await attributesOfSubscription(topic, arn));
  },
});
