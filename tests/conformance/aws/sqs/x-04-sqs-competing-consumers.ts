import { defineConformance } from '../../define';
import { createQueue, createFifoQueue } from '../steps';

export default defineConformance({
  id: 'X-04-sqs',
  title:
    'On a standard queue as many consumers have work as there are messages; on a FIFO queue as many as there are groups.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const busy = async (queue: Awaited<ReturnType<typeof createQueue>>, consumers: number) => {
      const received = await Promise.all(
        Array.from({ length: consumers }, () =>
          queue.receive({ MaxNumberOfMessages: 1, WaitTimeSeconds: 5 }),
        ),
      );
      return received.filter((messages) => messages.length > 0).length;
    };
    const standard = await createQueue(tools);
    for (let number = 0; number < 6; number++) await standard.send(`order-${number}`);
    observe('standard', await busy(standard, 6));
    const fifo = await createFifoQueue(tools, { ContentBasedDeduplication: 'true' });
    for (let number = 0; number < 6; number++)
      await fifo.send(`order-${number}`, { MessageGroupId: `group-${number % 2}` });
    observe('fifo', await busy(fifo, 6));
  },
});
