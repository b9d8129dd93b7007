import { defineConformance } from '../../define';
import { createFifoQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-016',
  title: 'An empty deduplication id is refused.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createFifoQueue(tools);
    const send = queue.send('Hello', { MessageGroupId: 'test', MessageDeduplicationId: '' });
    observe('error', await errorOf(send));
  },
});
