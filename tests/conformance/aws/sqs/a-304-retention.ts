import { defineConformance } from '../../define';
import { createQueue, bodiesOf, errorOf } from '../steps';

export default defineConformance({
  id: 'A-304',
  title: 'A message that nobody takes is gone after the retention period.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, sleep } = tools;
    const queue = await createQueue(tools, { MessageRetentionPeriod: '60' });
    await queue.send('order');
    await sleep(50_000);
    observe('before', await queue.counts());
    await sleep(20_000);
    observe('after', await queue.counts());
    observe('received', bodiesOf(await queue.receive()));
    observe('shorter', (await errorOf(queue.set({ MessageRetentionPeriod: '59' })))?.code);
  },
});
