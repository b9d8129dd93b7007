import { defineConformance } from '../../define';
import { createQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-410',
  title: 'A queue that was purged takes new messages.',
  broker: 'aws',
  compare: { purged: 'D', after: 'M' },
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    for (const number of [0, 1, 2]) await queue.send(`before-${number}`);
    await queue.purge();
    observe('purged', bodiesOf(await queue.receive()));
    for (const number of [0, 1, 2]) await queue.send(`after-${number}`);
    observe('after', bodiesOf(await queue.collect(3)));
  },
});
