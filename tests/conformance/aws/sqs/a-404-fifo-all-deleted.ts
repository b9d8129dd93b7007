import { defineConformance } from '../../define';
import { createFifoQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-404',
  title: 'A group whose messages in flight are all deleted goes on at once; which group comes first is open.',
  broker: 'aws',
  compare: {
    received: 'D',
    rest: {
      code: 'S',
      oneOf: [
        ['g2-m1', 'g2-m2', 'g1-m3', 'g1-m4', 'g3-m1'],
        ['g2-m1', 'g2-m2', 'g3-m1', 'g1-m3', 'g1-m4'],
      ],
      why: 'AWS promises no order of groups; it was the first when it was asked',
    },
  },
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
    for (const message of received) await queue.delete(message);
    observe('rest', bodiesOf(await queue.receive({ MaxNumberOfMessages: 10 })));
  },
});
