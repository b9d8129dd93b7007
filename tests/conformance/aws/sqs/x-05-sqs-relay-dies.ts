import { defineConformance } from '../../define';
import { createQueue, createFifoQueue, text } from '../steps';
import { takeAll } from '../topics';

// That a standard queue takes both is what it promises: it knows no duplicates.
export default defineConformance({
  id: 'X-05-sqs',
  title:
    'A relay that dies between sending and marking sends again: two copies under one id of its own, of which an inbox takes one; a FIFO queue takes one by itself.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const relay = async (queue: Awaited<ReturnType<typeof createQueue>>, rest = {}) => {
      // it sends, dies before it has marked the row, starts again and sends
      for (let life = 0; life < 2; life++)
        await queue.send('order', { MessageAttributes: { eventId: text('event-1') }, ...rest });
      const inbox = new Set<string>();
      const received = await takeAll(queue, 3, 2);
      for (const { MessageAttributes } of received) inbox.add(MessageAttributes!.eventId.StringValue!);
      return { copies: received.length, applied: inbox.size };
    };
    observe('standard', await relay(await createQueue(tools)));
    observe(
      'fifo',
      await relay(await createFifoQueue(tools), { MessageGroupId: 'g', MessageDeduplicationId: 'event-1' }),
    );
  },
});
