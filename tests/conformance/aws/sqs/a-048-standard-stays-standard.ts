import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-048',
  title: 'A standard queue cannot be made a FIFO queue, nor told that it is none.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    observe('yes', await errorOf(queue.set({ FifoQueue: 'true' })));
    observe('no', await errorOf(queue.set({ FifoQueue: 'false' })));
  },
});
