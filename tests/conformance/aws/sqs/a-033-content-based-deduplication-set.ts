import { defineConformance } from '../../define';
import { createFifoQueue } from '../steps';

export default defineConformance({
  id: 'A-033',
  title: 'Content-based deduplication can be taken back; the other attributes of a FIFO queue stay.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createFifoQueue(tools, { ContentBasedDeduplication: 'true' });
    const all = async () => {
      const attributes = (await queue.attributes('All'))!;
      const { ContentBasedDeduplication, DeduplicationScope, FifoQueue, FifoThroughputLimit } = attributes;
      const { VisibilityTimeout, MaximumMessageSize, MessageRetentionPeriod, DelaySeconds } = attributes;
      return {
        ...{ ContentBasedDeduplication, DeduplicationScope, FifoQueue, FifoThroughputLimit },
        ...{ VisibilityTimeout, MaximumMessageSize, MessageRetentionPeriod, DelaySeconds },
      };
    };
    observe('before', await all());
    await queue.set({ ContentBasedDeduplication: 'false' });
    observe('after', await all());
  },
});
