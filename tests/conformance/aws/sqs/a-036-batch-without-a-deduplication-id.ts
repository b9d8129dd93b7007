import { defineConformance } from '../../define';
import { createFifoQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-036',
  title: 'One entry without a deduplication id refuses the whole batch.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createFifoQueue(tools, { ContentBasedDeduplication: 'false' });
    const batch = queue.sendBatch([
      {
        Id: 'message-1',
        MessageBody: 'body',
        MessageGroupId: 'test-group',
        MessageDeduplicationId: 'dedup-1',
      },
      { Id: 'message-2', MessageBody: 'body', MessageGroupId: 'test-group' },
    ]);
    observe('error', await errorOf(batch));
    observe('counts', await queue.counts());
  },
});
