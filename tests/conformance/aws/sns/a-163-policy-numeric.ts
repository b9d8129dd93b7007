import { defineConformance } from '../../define';
import { createTopic, refusedPolicy } from '../topics';

export default defineConformance({
  id: 'A-163',
  title: 'A numeric condition is an operator and a number.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    observe('empty', await refusedPolicy(tools, topic, { key: [{ numeric: [] }] }));
    observe('operator', await refusedPolicy(tools, topic, { key: [{ numeric: ['operator'] }] }));
    observe('order', await refusedPolicy(tools, topic, { key: [{ numeric: [1, '<='] }] }));
    observe('text', await refusedPolicy(tools, topic, { key: [{ numeric: ['=', '000'] }] }));
    observe('noNumber', await refusedPolicy(tools, topic, { key: [{ numeric: ['>='] }] }));
  },
});
