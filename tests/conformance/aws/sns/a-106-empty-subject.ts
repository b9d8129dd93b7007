import { defineConformance } from '../../define';
import { errorOf } from '../steps';
import { createTopic } from '../topics';

export default defineConformance({
  id: 'A-106',
  title: 'No subject is fine, an empty one is not.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    observe('without', await errorOf(topic.publish('{"message": "test"}')));
    observe('empty', await errorOf(topic.publish('{"message": "test"}', { Subject: '' })));
  },
});
