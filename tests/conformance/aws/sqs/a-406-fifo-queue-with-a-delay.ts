import { defineConformance } from '../../define';
import { createFifoQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-406',
  title: 'A FIFO queue with a delay gives nothing before it is over, and then all in order.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, sleep } = tools;
    const queue = await createFifoQueue(tools, { ContentBasedDeduplication: 'true', DelaySeconds: '2' });
    for (const body of ['message-1', 'message-2', 'message-3'])
      await queue.send(body, { MessageGroupId: '1' });
    observe('before', bodiesOf(await queue.receive({ WaitTimeSeconds: 1 })));
    await sleep(3000);
    observe('after', bodiesOf(await queue.receive({ MaxNumberOfMessages: 3 })));
  },
});
