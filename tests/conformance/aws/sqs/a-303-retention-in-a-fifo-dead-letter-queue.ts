import { defineConformance } from '../../define';
import { createFifoQueue, deadLettersTo, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-303',
  title: 'On FIFO queues a message’s time begins anew in the dead-letter queue.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, sleep, until } = tools;
    const dead = await createFifoQueue(tools, { MessageRetentionPeriod: '120' }, 'dead');
    const queue = await createFifoQueue(tools, {
      ContentBasedDeduplication: 'true',
      ...(await deadLettersTo(dead, 1)),
    });
    await queue.send('order', { MessageGroupId: 'g' });
    await sleep(90_000);
    await until(async () => {
      await queue.receive({ VisibilityTimeout: 0 });
      return (await dead.counts()).visible === 1;
    });
    await sleep(60_000);
    observe('aMinuteLater', bodiesOf(await dead.receive()));
    await sleep(90_000);
    observe('later', bodiesOf(await dead.receive()));
  },
});
