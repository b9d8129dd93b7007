import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-055',
  title: 'A queue is purged once in sixty seconds.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    await queue.purge();
    observe('error', await errorOf(queue.purge()));
  },
});
