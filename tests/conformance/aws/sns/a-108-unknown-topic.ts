import { defineConformance } from '../../define';
import { errorOf } from '../steps';
import { createTopic } from '../topics';

export default defineConformance({
  id: 'A-108',
  title: 'A topic without subscribers takes messages; one that does not exist does not.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    observe('nobody', await errorOf(topic.publish('message')));
    observe('unknown', await errorOf(topic.publish('message', { TopicArn: `${topic.arn}-fake` })));
  },
});
