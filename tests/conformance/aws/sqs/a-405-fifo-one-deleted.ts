import { defineConformance } from '../../define';
import { createFifoQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-405',
  title: 'A group with one of two messages in flight deleted is still held back.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createFifoQueue(tools, {
      ContentBasedDeduplication: 'true',
      VisibilityTimeout: '30',
    });
    for (const body of ['g1-m1', 'g2-m1', 'g1-m2', 'g2-m2', 'g1-m3', 'g1-m4', 'g3-m1'])
      await queue.send(body, { MessageGroupId: body.slice(0, 2) });

    const received = await queue.receive({ MaxNumberOfMessages: 2 });
    observe('received', bodiesOf(received));
    await queue.delete(received[0]);
    observe('rest', bodiesOf(await queue.receive({ MaxNumberOfMessages: 10 })));
  },
});
