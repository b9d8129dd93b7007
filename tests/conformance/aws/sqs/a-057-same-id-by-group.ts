import { defineConformance } from '../../define';
import { createFifoQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-057',
  title: 'Where deduplication is by message group, the same id in another group is another message.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createFifoQueue(tools, {
      ContentBasedDeduplication: 'false',
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
    });
    const send = (body: string, group: string) =>
      queue.send(body, { MessageGroupId: group, MessageDeduplicationId: 'same-dedup' });
    await send('Test1', 'group1');
    const first = await queue.receive();
    observe('first', bodiesOf(first));
    await queue.delete(first[0]);
    await send('Test2', 'group2');
    observe('second', bodiesOf(await queue.receive()));
  },
});
