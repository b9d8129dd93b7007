import { defineConformance } from '../../define';
import { createFifoQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-059',
  title:
    'A change of the deduplication scope to the queue does not make a duplicate of what was none, at first.',
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
    const take = async () => {
      const messages = await queue.receive();
      observe('received', bodiesOf(messages));
      return messages;
    };
    await send('Test1', 'group1');
    await queue.delete((await take())[0]);
    await send('Test2', 'group2');
    await queue.delete((await take())[0]);
    await queue.set({ DeduplicationScope: 'queue', FifoThroughputLimit: 'perQueue' });
    observe('attributes', await queue.attributes('DeduplicationScope', 'FifoThroughputLimit'));
    await send('Test3', 'group3');
    await take();
  },
});
