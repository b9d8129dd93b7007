import { defineConformance } from '../../define';
import { createTopic, refusedPolicy } from '../topics';

export default defineConformance({
  id: 'A-162',
  title: 'exists is true or false.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    observe('nothing', await refusedPolicy(tools, topic, { key: [{ exists: null }] }));
    observe('text', await refusedPolicy(tools, topic, { key: [{ exists: 'no' }] }));
  },
});
