import { defineConformance } from '../../define';
import { createFifoQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-058',
  title:
    'A change of the deduplication scope to message groups shows in the attributes, and not at once in what is a duplicate.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createFifoQueue(tools, {
      ContentBasedDeduplication: 'false',
      DeduplicationScope: 'queue',
    });
    const send = (body: string, group: string, id: string) =>
      queue.send(body, { MessageGroupId: group, MessageDeduplicationId: id });
    const take = async () => {
      const messages = await queue.receive();
      observe('received', bodiesOf(messages));
      return messages;
    };
    await send('Test1', 'group1', 'same-dedup');
    await queue.delete((await take())[0]);
    await send('Test2', 'group2', 'same-dedup');
    await take();
    await queue.set({ DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' });
    observe('attributes', await queue.attributes('DeduplicationScope', 'FifoThroughputLimit'));
    await take();
    await send('Test3', 'group3', 'same-dedup');
    await take();
    await send('Test4', 'group4', 'dedup_2');
    await queue.delete((await take())[0]);
    await send('Test5', 'group5', 'dedup_2');
    await take();
  },
});
