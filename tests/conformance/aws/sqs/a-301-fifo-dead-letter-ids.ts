import { defineConformance } from '../../define';
import { createFifoQueue, deadLettersTo } from '../steps';

export default defineConformance({
  id: 'A-301',
  title:
    'In a FIFO dead-letter queue the message’s own id is its deduplication id, so that two messages that shared one are both kept.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, until } = tools;
    const dead = await createFifoQueue(tools, {}, 'dead');
    const queue = await createFifoQueue(tools, {
      DeduplicationScope: 'messageGroup',
      ...(await deadLettersTo(dead, 1)),
    });
    const ids: string[] = [];
    for (const group of ['a', 'b'])
      ids.push(
        (await queue.send('order', { MessageGroupId: group, MessageDeduplicationId: 'shared' })).MessageId!,
      );
    await until(async () => {
      await queue.receive({ VisibilityTimeout: 0, WaitTimeSeconds: 0, MaxNumberOfMessages: 10 });
      return (await dead.counts()).visible === 2;
    });
    const messages = await dead.collect(2, { MessageSystemAttributeNames: ['MessageDeduplicationId'] });
    observe(
      'sameIds',
      messages.map(({ MessageId }) => ids.includes(MessageId!)),
    );
    observe(
      'ownIds',
      messages.map(({ MessageId, Attributes }) => Attributes!.MessageDeduplicationId === MessageId),
    );
  },
});
