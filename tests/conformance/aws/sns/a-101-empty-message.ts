import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';
import { createTopic, subscribe } from '../topics';

export default defineConformance({
  id: 'A-101',
  title: 'An empty message is not published.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const queue = await createQueue(tools);
    await subscribe(topic, queue);
    observe('error', await errorOf(topic.publish('')));
    observe('arrived', (await queue.counts()).visible);
  },
});
