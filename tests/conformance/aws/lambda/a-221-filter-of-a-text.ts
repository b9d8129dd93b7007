import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';
import { mapQueue, createNoting } from '../functions';

export default defineConformance({
  id: 'A-221',
  title: 'A text is no pattern for a filter.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    const { name } = await createNoting(tools);
    const mapping = mapQueue(tools, name, queue, {
      MaximumBatchingWindowInSeconds: 1,
      FilterCriteria: { Filters: [{ Pattern: 'simple string' }] },
    });
    observe('error', await errorOf(mapping));
  },
});
