import { defineConformance } from '../../define';
import { createFifoQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-023',
  title: 'On a FIFO queue a receipt handle expires with the visibility timeout.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, sleep } = tools;
    const queue = await createFifoQueue(tools, { VisibilityTimeout: '1', ContentBasedDeduplication: 'true' });
    await queue.send('foobar', { MessageGroupId: '1' });
    const [message] = await queue.receive({ WaitTimeSeconds: 5 });
    observe('received', message.Body);
    await sleep(1000);
    const error = (await errorOf(queue.delete(message)))!;
    observe('error', { ...error, message: error.message.replace(message.ReceiptHandle!, '<handle>') });
  },
});
