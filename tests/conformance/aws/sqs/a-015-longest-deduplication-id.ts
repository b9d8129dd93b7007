import { defineConformance } from '../../define';
import { createFifoQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-015',
  title: 'A deduplication id may have 128 characters.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createFifoQueue(tools);
    const send = queue.send('Hello', { MessageGroupId: 'test', MessageDeduplicationId: 'a'.repeat(128) });
    observe('error', await errorOf(send));
  },
});
