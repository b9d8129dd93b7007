import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';
import { createTopic, subscribe, firstLineOf } from '../topics';

export default defineConformance({
  id: 'A-119',
  title: 'A filter policy is JSON.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const queue = await createQueue(tools);
    observe('error', firstLineOf(await errorOf(subscribe(topic, queue, { FilterPolicy: 'invalid-json' }))));
  },
});
