import { defineConformance } from '../../define';
import { createTopic, refusedPolicy } from '../topics';

export default defineConformance({
  id: 'A-165',
  title: 'An operator for texts takes a text.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    observe('number', await refusedPolicy(tools, topic, { key: [{ suffix: 100 }] }));
    observe('nothing', await refusedPolicy(tools, topic, { key: [{ suffix: null }] }));
    observe('emptyList', await refusedPolicy(tools, topic, { key: [{ suffix: [] }] }));
    observe('list', await refusedPolicy(tools, topic, { key: [{ suffix: ['test', 'test2'] }] }));
  },
});
