import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-510',
  title: 'A queue is encrypted one way or the other.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    const error = (await errorOf(queue.set({ KmsMasterKeyId: 'testKeyId', SqsManagedSseEnabled: 'true' })))!;
    observe('error', { code: error.code, message: error.message });
  },
});
