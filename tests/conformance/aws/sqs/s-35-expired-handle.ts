import { defineConformance } from '../../define';
import { createQueue, createFifoQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'S-35',
  title: 'A FIFO queue does not delete by a handle whose timeout is over; a standard queue does.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, sleep } = tools;
    const attempt = async (queue: Awaited<ReturnType<typeof createQueue>>, rest = {}) => {
      await queue.send('order', rest);
      const [message] = await queue.receive({ WaitTimeSeconds: 5 });
      await sleep(1500);
      const error = await errorOf(queue.delete(message));
      return error && { ...error, message: error.message.replace(message.ReceiptHandle!, '<handle>') };
    };
    const fifo = await createFifoQueue(tools, { ContentBasedDeduplication: 'true', VisibilityTimeout: '1' });
    observe('fifo', await attempt(fifo, { MessageGroupId: 'g' }));
    observe('standard', await attempt(await createQueue(tools, { VisibilityTimeout: '1' })));
  },
});
