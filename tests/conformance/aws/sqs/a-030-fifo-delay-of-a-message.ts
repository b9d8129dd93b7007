import { defineConformance } from '../../define';
import { createFifoQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-030',
  title: 'A single message of a FIFO queue cannot be delayed.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createFifoQueue(tools, { ContentBasedDeduplication: 'true' });
    observe('error', await errorOf(queue.send('message-1', { MessageGroupId: '1', DelaySeconds: 2 })));
  },
});
