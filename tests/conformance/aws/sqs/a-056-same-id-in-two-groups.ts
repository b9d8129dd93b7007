import { defineConformance } from '../../define';
import { createFifoQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-056',
  title: 'Where deduplication is the queue’s, an id counts for all groups, deleted or not.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createFifoQueue(tools, { ContentBasedDeduplication: 'false' });
    const send = (group: string) =>
      queue.send('Test', { MessageGroupId: group, MessageDeduplicationId: 'same-dedup' });
    await send('group1');
    const first = await queue.receive();
    observe('first', bodiesOf(first));
    await queue.delete(first[0]);
    await send('group2');
    observe('second', bodiesOf(await queue.receive()));
  },
});
