import { defineConformance } from '../../define';
import { createTopic, refusedPolicy } from '../topics';

export default defineConformance({
  id: 'A-164',
  title: 'A numeric range goes from a lower bound to a higher one, and no further.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    observe('order', await refusedPolicy(tools, topic, { key: [{ numeric: ['<', 100, '>', 10] }] }));
    observe('operators', await refusedPolicy(tools, topic, { key: [{ numeric: ['>=', 1, '>', 2] }] }));
    observe('values', await refusedPolicy(tools, topic, { key: [{ numeric: ['>', 3, '<', 1] }] }));
    observe('noNumber', await refusedPolicy(tools, topic, { key: [{ numeric: ['>', 20, '<='] }] }));
    observe('noOperator', await refusedPolicy(tools, topic, { key: [{ numeric: ['>', 20, 30] }] }));
    observe('second', await refusedPolicy(tools, topic, { key: [{ numeric: ['>', 20, 'test'] }] }));
    observe(
      'bottomIsText',
      await refusedPolicy(tools, topic, { key: [{ numeric: ['>', '20', '<', '30'] }] }),
    );
    observe('topIsText', await refusedPolicy(tools, topic, { key: [{ numeric: ['>', 20, '<', '30'] }] }));
    observe('three', await refusedPolicy(tools, topic, { key: [{ numeric: ['>', 20, '<', 30, '<', 50] }] }));
  },
});
