import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-413',
  title: 'What is no receipt handle hides nothing.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    observe('code', (await errorOf(queue.changeVisibility({ ReceiptHandle: 'INVALID' }, 60)))?.code);
  },
});
