import { defineConformance } from '../../define';
import { createFifoQueue, bodiesOf } from '../steps';

// That the answer is the same is recorded of SNS’s FIFO topics; that nothing is added, of SQS.
export default defineConformance({
  id: 'S-37',
  title: 'A second send under the same deduplication id is answered as the first was, and adds nothing.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createFifoQueue(tools);
    const ids = { MessageGroupId: 'g', MessageDeduplicationId: 'id' };
    const first = await queue.send('order', ids);
    const second = await queue.send('another text', ids);
    observe('same', {
      id: first.MessageId === second.MessageId,
      number: first.SequenceNumber === second.SequenceNumber,
    });
    observe('received', bodiesOf(await queue.receive({ MaxNumberOfMessages: 10 })));
    observe('counts', await queue.counts());
  },
});
