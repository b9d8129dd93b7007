import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-034',
  title: 'A batch has at most ten messages.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    const entries = Array.from({ length: 20 }, (_, index) => ({
      Id: `message-${index}`,
      MessageBody: `body-${index}`,
    }));
    observe('error', await errorOf(queue.sendBatch(entries)));
  },
});
