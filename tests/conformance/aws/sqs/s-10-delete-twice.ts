import { defineConformance } from '../../define';
import { createQueue, errorOf } from '../steps';

export default defineConformance({
  id: 'S-10',
  title: 'A message may be deleted again and again.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    await queue.send('order');
    const [message] = await queue.receive({ WaitTimeSeconds: 5 });
    for (let time = 0; time < 3; time++) observe('delete', await errorOf(queue.delete(message)));
  },
});
