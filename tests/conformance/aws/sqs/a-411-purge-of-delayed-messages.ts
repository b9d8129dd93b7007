import { defineConformance } from '../../define';
import { createQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-411',
  title: 'A purge takes delayed messages too.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, sleep } = tools;
    const queue = await createQueue(tools);
    for (let number = 0; number < 5; number++) await queue.send(`message-${number}`, { DelaySeconds: 2 });
    await queue.purge();
    await sleep(2000);
    observe('left', bodiesOf(await queue.receive({ WaitTimeSeconds: 1 })));
  },
});
