import { defineConformance } from '../../define';
import { createFifoQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-053',
  title: 'A second message with the same deduplication id is a duplicate in another group too.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createFifoQueue(tools, {});
    for (const group of ['group-1', 'group-2'])
      await queue.send('{"foo": "bar"}', { MessageGroupId: group, MessageDeduplicationId: 'dedup1' });
    observe('first', bodiesOf(await queue.receive({ MaxNumberOfMessages: 1, WaitTimeSeconds: 2 })));
    observe('second', bodiesOf(await queue.receive({ MaxNumberOfMessages: 1, WaitTimeSeconds: 1 })));
  },
});
