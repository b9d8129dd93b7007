import { defineConformance } from '../../define';
import { createFifoQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'S-34',
  title: 'Messages whose timeout is over come again in their order, before those behind them.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, sleep } = tools;
    const queue = await createFifoQueue(tools, { ContentBasedDeduplication: 'true', VisibilityTimeout: '1' });
    for (const body of ['1', '2', '3']) await queue.send(body, { MessageGroupId: 'g' });
    observe('first', bodiesOf(await queue.receive({ MaxNumberOfMessages: 2 })));
    await sleep(2000);
    observe('second', bodiesOf(await queue.receive({ MaxNumberOfMessages: 10 })));
  },
});
