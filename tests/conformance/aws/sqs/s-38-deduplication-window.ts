import { defineConformance } from '../../define';
import { createFifoQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'S-38',
  title:
    'For five minutes a deduplication id is remembered, though its message is deleted; then it is new again.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, sleep } = tools;
    const queue = await createFifoQueue(tools);
    const send = () => queue.send('order', { MessageGroupId: 'g', MessageDeduplicationId: 'id' });
    await send();
    const [message] = await queue.receive();
    await queue.delete(message);
    await sleep(240_000);
    await send();
    observe('afterFourMinutes', bodiesOf(await queue.receive({ WaitTimeSeconds: 1 })));
    await sleep(120_000);
    await send();
    observe('afterSix', bodiesOf(await queue.receive({ WaitTimeSeconds: 1 })));
  },
});
