import { defineConformance } from '../../define';
import { createFifoQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-052',
  title: 'A second message with the same content is a duplicate in another group too.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createFifoQueue(tools, { ContentBasedDeduplication: 'true' });
    for (const group of ['group-1', 'group-2']) await queue.send('{"foo": "bar"}', { MessageGroupId: group });
    observe('first', bodiesOf(await queue.receive({ MaxNumberOfMessages: 1, WaitTimeSeconds: 2 })));
    observe('second', bodiesOf(await queue.receive({ MaxNumberOfMessages: 1, WaitTimeSeconds: 1 })));
  },
});
