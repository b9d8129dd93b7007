import { defineConformance } from '../../define';
import { createTopic, refusedPolicy } from '../topics';

export default defineConformance({
  id: 'A-161',
  title: 'A condition of a filter is a value or one operator that there is.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    observe('list', await refusedPolicy(tools, topic, { key: [['value']] }));
    observe('operator', await refusedPolicy(tools, topic, { key: [{ 'wrong-operator': true }] }));
    observe('two', await refusedPolicy(tools, topic, { key: [{ suffix: 'value', prefix: 'value2' }] }));
  },
});
