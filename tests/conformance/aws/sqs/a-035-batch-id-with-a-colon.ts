import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-035',
  title: 'An id of a batch’s entry has letters, digits, hyphens and underscores.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    observe('error', await errorOf(queue.sendBatch([{ Id: 'message:1', MessageBody: 'body' }])));
  },
});
