import { defineConformance } from '../../define';
import { createNamedQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-013',
  title: 'A FIFO queue cannot be made again with another deduplication.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { name, observe } = tools;
    const queueName = `${name('orders')}.fifo`;
    const attributes = { FifoQueue: 'true', ContentBasedDeduplication: 'true' };
    await createNamedQueue(tools, queueName, attributes);
    const again = createNamedQueue(tools, queueName, { ...attributes, ContentBasedDeduplication: 'false' });
    observe('error', await errorOf(again));
  },
});
