import { defineConformance } from '../../define';
import { createFifoQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-401',
  title: 'With a visibility timeout of 0 the groups are received in turn, and each again from its beginning.',
  broker: 'aws',
  compare: { first: 'D', again: 'P' },
  async run(tools) {
    const { observe } = tools;
    const queue = await createFifoQueue(tools, {
      ContentBasedDeduplication: 'true',
      VisibilityTimeout: '30',
    });
    for (const body of ['g1-m1', 'g2-m1', 'g2-m2', 'g3-m1', 'g1-m2'])
      await queue.send(body, { MessageGroupId: body.slice(0, 2) });

    observe('first', bodiesOf(await queue.receive({ MaxNumberOfMessages: 3, VisibilityTimeout: 0 })));
    const again = bodiesOf(await queue.receive({ MaxNumberOfMessages: 10, VisibilityTimeout: 0 }));
    observe(
      'again',
      ['g1', 'g2', 'g3'].map((group) => again.filter((body) => body.startsWith(group))),
    );
  },
});
