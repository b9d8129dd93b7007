import { defineConformance } from '../../define';
import { createQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'S-14',
  title: 'A message’s own delay, of nothing too, comes before the queue’s.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, sleep } = tools;
    const queue = await createQueue(tools, { DelaySeconds: '5' });
    await queue.send('at once', { DelaySeconds: 0 });
    await queue.send('later');
    observe('first', bodiesOf(await queue.receive({ WaitTimeSeconds: 1 })));
    await sleep(5000);
    observe('second', bodiesOf(await queue.receive({ WaitTimeSeconds: 5 })));
  },
});
