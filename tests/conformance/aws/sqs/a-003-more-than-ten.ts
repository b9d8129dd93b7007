import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-003',
  title: 'Nobody may ask for more than ten messages at once.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    await queue.send('message');
    observe('error', await errorOf(queue.receive({ MaxNumberOfMessages: 11 })));
  },
});
