import { defineConformance } from '../../define';
import { createQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-416',
  title: 'A consumer that takes long keeps its message by hiding it again, and again.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, sleep } = tools;
    const queue = await createQueue(tools, { VisibilityTimeout: '2' });
    await queue.send('test');
    const [message] = await queue.receive({ WaitTimeSeconds: 5 });
    for (let second = 0; second < 4; second++) {
      await sleep(1000);
      await queue.changeVisibility(message, 2);
      observe('hidden', bodiesOf(await queue.receive({ WaitTimeSeconds: 0 })));
    }
    observe('atLast', bodiesOf(await queue.receive({ WaitTimeSeconds: 5 })));
  },
});
