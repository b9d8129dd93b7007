import { defineConformance } from '../../define';
import { createQueueWithDeadLetters, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-302',
  title: 'On standard queues a message expires by the time it was first sent, in the dead-letter queue too.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, sleep, until } = tools;
    const { queue, dead } = await createQueueWithDeadLetters(tools, 1);
    await dead.set({ MessageRetentionPeriod: '120' });
    await queue.send('order');
    await sleep(90_000);
    await until(async () => {
      await queue.receive({ VisibilityTimeout: 0 });
      return (await dead.counts()).visible === 1;
    });
    observe('moved', (await dead.counts()).visible);
    await sleep(60_000);
    observe('aMinuteLater', bodiesOf(await dead.receive()));
  },
});
