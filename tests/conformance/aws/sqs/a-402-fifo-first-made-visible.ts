import { defineConformance } from '../../define';
import { createFifoQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-402',
  title:
    'A message of a group that is made visible can be received alone, while the one behind it stays in flight.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createFifoQueue(tools, {
      ContentBasedDeduplication: 'true',
      VisibilityTimeout: '30',
    });
    for (const body of ['g1-m1', 'g1-m2', 'g2-m1'])
      await queue.send(body, { MessageGroupId: body.slice(0, 2) });

    const received = await queue.receive({ MaxNumberOfMessages: 2 });
    observe('received', bodiesOf(received));
    await queue.changeVisibility(received[0], 0);
    observe('again', bodiesOf(await queue.receive({ MaxNumberOfMessages: 3, WaitTimeSeconds: 2 })));
  },
});
