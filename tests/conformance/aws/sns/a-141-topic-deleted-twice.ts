import { defineConformance } from '../../define';
import { errorOf } from '../steps';
import { createTopic } from '../topics';

export default defineConformance({
  id: 'A-141',
  title: 'A topic may be deleted twice.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    observe('first', await errorOf(topic.destroy()));
    observe('second', await errorOf(topic.destroy()));
  },
});
