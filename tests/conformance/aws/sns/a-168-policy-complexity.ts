import { defineConformance } from '../../define';
import { createTopic, refusedPolicy } from '../topics';

export default defineConformance({
  id: 'A-168',
  title: 'A filter has at most five keys and 150 combinations of conditions.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createTopic(tools);
    const values = (count: number) => Array.from({ length: count }, (_, index) => `value${index}`);
    observe('oneKey', await refusedPolicy(tools, topic, { key: values(151) }));
    observe('twoKeys', await refusedPolicy(tools, topic, { key1: values(100), key2: values(51) }));
    observe(
      'sixKeys',
      await refusedPolicy(
        tools,
        topic,
        Object.fromEntries([1, 2, 3, 4, 5, 6].map((key) => [`key${key}`, [`value${key}`]])),
      ),
    );
  },
});
