import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'A-005',
  title: 'A poll waits between 0 and 20 seconds.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    await queue.send('message');
    observe('longer', await errorOf(queue.receive({ WaitTimeSeconds: 21 })));
    observe('negative', await errorOf(queue.receive({ WaitTimeSeconds: -1 })));
  },
});
