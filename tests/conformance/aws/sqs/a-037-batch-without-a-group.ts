import { defineConformance } from '../../define';
import { createFifoQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-037',
  title:
    'One entry without a message group refuses the whole batch, with another code than for a single message.',
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
      { Id: 'message-2', MessageBody: 'body', MessageDeduplicationId: 'dedup-2' },
    ]);
    observe('error', await errorOf(batch));
  },
});
