import { defineConformance } from '../../define';
import { createNamedQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-014',
  title: 'A standard queue is not made with attributes of FIFO queues, not even to say no.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const attempt = (attributes: Record<string, string>) =>
      errorOf(createNamedQueue(tools, name('orders'), attributes));
    observe('fifo', await attempt({ FifoQueue: 'false' }));
    observe('content', await attempt({ ContentBasedDeduplication: 'false' }));
    observe('scope', await attempt({ DeduplicationScope: 'queue' }));
    observe('limit', await attempt({ FifoThroughputLimit: 'perQueue' }));
  },
});
