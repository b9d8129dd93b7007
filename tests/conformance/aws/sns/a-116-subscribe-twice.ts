import { defineConformance } from '../../define';
import { createQueue } from '../steps';
import { createTopic, subscribe } from '../topics';

export default defineConformance({
  id: 'A-116',
  title: 'The same queue subscribed again is the same subscription.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const queue = await createQueue(tools);
    const first = await subscribe(topic, queue);
    const second = await subscribe(topic, queue);
    observe('same', first === second);
    observe('ofTheTopic', first.startsWith(`${topic.arn}:`));
  },
});
