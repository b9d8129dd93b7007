import { defineConformance } from '../../define';
import { createQueue, bodiesOf, errorOf } from '../steps';

export default defineConformance({
  id: 'S-08',
  title: 'A message whose timeout is over, and that nobody has received again, can still be deleted.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, sleep } = tools;
    const queue = await createQueue(tools, { VisibilityTimeout: '1' });
    await queue.send('order');
    const [message] = await queue.receive({ WaitTimeSeconds: 5 });
    await sleep(1500);
    observe('delete', await errorOf(queue.delete(message)));
    observe('left', bodiesOf(await queue.receive()));
  },
});
