import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-041',
  title: 'No more than ten messages are deleted at once.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    const entries = Array.from({ length: 10 }, (_, index) => ({
      Id: `message-${index}`,
      MessageBody: `body-${index}`,
    }));
    await queue.sendBatch(entries);
    await queue.sendBatch(entries);
    const received = await queue.collect(20);
    const batch = received.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    observe('received', received.length);
    observe('error', await errorOf(queue.deleteBatch(batch)));
  },
});
