import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-040',
  title: 'An id with a colon refuses a batch of deletions, before its handles are looked at.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    observe('error', await errorOf(queue.deleteBatch([{ Id: 'invalid:id', ReceiptHandle: 'testHandle1' }])));
  },
});
