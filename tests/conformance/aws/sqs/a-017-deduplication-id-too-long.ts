import { defineConformance } from '../../define';
import { createFifoQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-017',
  title: 'A deduplication id of 129 characters is refused.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createFifoQueue(tools);
    const send = queue.send('Hello', { MessageGroupId: 'test', MessageDeduplicationId: 'a'.repeat(129) });
    observe('error', await errorOf(send));
  },
});
