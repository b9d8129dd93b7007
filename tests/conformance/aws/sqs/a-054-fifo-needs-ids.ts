import { defineConformance } from '../../define';
import { createFifoQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-054',
  title: 'A message to a FIFO queue needs a group, and a deduplication id where content does not make one.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createFifoQueue(tools);
    observe('noId', await errorOf(queue.send('test', { MessageGroupId: 'group' })));
    observe('noGroup', await errorOf(queue.send('test', { MessageDeduplicationId: 'id' })));
  },
});
