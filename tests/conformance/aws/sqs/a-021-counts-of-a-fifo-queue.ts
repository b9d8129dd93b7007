import { defineConformance } from '../../define';
import { createFifoQueue } from '../steps';

// The recording holds no answers: the test, validated on AWS, asserts these counts once they have settled.
export default defineConformance({
  id: 'A-021',
  title: 'Of a FIFO queue only what was received is in flight, not what waits behind it in its group.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, sleep } = tools;
    const queue = await createFifoQueue(tools, {
      ContentBasedDeduplication: 'true',
      VisibilityTimeout: '60',
    });
    for (const [number, group] of ['1', '1', '2', '2', '3', '3'].entries())
      await queue.send(`message-${number + 1}`, { MessageGroupId: group });
    await queue.receive({ MaxNumberOfMessages: 1 });
    await queue.receive({ MaxNumberOfMessages: 1 });
    observe('inFlight', await queue.counts());
    await sleep(61_000);
    observe('visibleAgain', await queue.counts());
  },
});
