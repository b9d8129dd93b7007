import { defineConformance } from '../../define';
import { createFifoQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-060',
  title: 'Deduplication by message group needs no high throughput, and goes with content too.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createFifoQueue(tools, {
      ContentBasedDeduplication: 'true',
      DeduplicationScope: 'messageGroup',
    });
    await queue.send('Test', { MessageGroupId: 'group1' });
    const first = await queue.receive();
    observe('first', bodiesOf(first));
    await queue.delete(first[0]);
    await queue.send('Test', { MessageGroupId: 'group2' });
    observe('second', bodiesOf(await queue.receive()));
  },
});
