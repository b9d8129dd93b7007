import { defineConformance } from '../../define';
import { createFifoQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-049',
  title: 'A FIFO queue may be told that it is one, and not that it is none.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createFifoQueue(tools);
    observe('yes', await errorOf(queue.set({ FifoQueue: 'true' })));
    observe('no', await errorOf(queue.set({ FifoQueue: 'false' })));
  },
});
