import { defineConformance } from '../../define';
import { createFifoQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-031',
  title: 'A delay of 0 says nothing on a FIFO queue: the queue’s own delay holds.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, sleep } = tools;
    const queue = await createFifoQueue(tools, { ContentBasedDeduplication: 'true', DelaySeconds: '2' });
    const sent = await queue.send('message-1', { MessageGroupId: '1', DelaySeconds: 0 });
    observe('digest', sent.MD5OfMessageBody);
    observe('before', bodiesOf(await queue.receive({ WaitTimeSeconds: 1 })));
    await sleep(3000);
    observe('after', bodiesOf(await queue.receive({ MaxNumberOfMessages: 1 })));
  },
});
