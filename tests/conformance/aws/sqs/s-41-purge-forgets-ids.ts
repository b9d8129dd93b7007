import { defineConformance } from '../../define';
import { createFifoQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'S-41',
  title: 'A purge forgets deduplication ids.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createFifoQueue(tools);
    const ids = { MessageGroupId: 'g', MessageDeduplicationId: 'id' };
    await queue.send('message-1', ids);
    await queue.purge();
    await queue.send('message-2', ids);
    observe('received', bodiesOf(await queue.receive({ WaitTimeSeconds: 1 })));
  },
});
