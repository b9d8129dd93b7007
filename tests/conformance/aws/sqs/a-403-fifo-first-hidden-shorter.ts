import { defineConformance } from '../../define';
import { createFifoQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-403',
  title: 'A message of a group whose timeout was made shorter comes before the one behind it is visible.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, sleep } = tools;
    const queue = await createFifoQueue(tools, {
      ContentBasedDeduplication: 'true',
      VisibilityTimeout: '30',
    });
    for (const body of ['g1-m1', 'g1-m2', 'g2-m1'])
      await queue.send(body, { MessageGroupId: body.slice(0, 2) });

    const received = await queue.receive({ MaxNumberOfMessages: 2 });
    observe('received', bodiesOf(received));
    await queue.changeVisibility(received[0], 1);
    await sleep(2000);
    observe('again', bodiesOf(await queue.receive({ MaxNumberOfMessages: 3 })));
  },
});
