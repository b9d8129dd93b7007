import { defineConformance } from '../../define';
import { createTopic, refusedPolicy } from '../topics';

export default defineConformance({
  id: 'A-166',
  title: 'A key’s conditions are a list that is not empty.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    observe('empty', await refusedPolicy(tools, topic, { key: [] }));
    observe('noList', await refusedPolicy(tools, topic, { key: { suffix: 'value' } }));
    observe('noListTwo', await refusedPolicy(tools, topic, { key: { suffix: 'value', prefix: 'value' } }));
    observe('noOperator', await refusedPolicy(tools, topic, { key: { 'not-an-operator': 'value' } }));
  },
});
