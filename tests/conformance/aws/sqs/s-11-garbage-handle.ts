import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'S-11',
  title: 'What is no receipt handle deletes nothing.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    const error = (await errorOf(queue.delete({ ReceiptHandle: 'garbage' })))!;
    observe('error', { code: error.code, message: error.message });
  },
});
