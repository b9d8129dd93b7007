import { defineConformance } from '../../define';
import { createFifoQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'S-31',
  title: 'One receive takes as many as it can, each group in its order.',
  broker: 'aws',
  compare: 'P',
  async run(tools) {
    const { observe } = tools;
    const queue = await createFifoQueue(tools, { ContentBasedDeduplication: 'true' });
    for (const [body, group] of [
      ['g1-m1', 'g1'],
      ['g2-m1', 'g2'],
      ['g1-m2', 'g1'],
      ['g1-m3', 'g1'],
    ])
      await queue.send(body, { MessageGroupId: group });
    const received = bodiesOf(await queue.receive({ MaxNumberOfMessages: 10 }));
    observe(
      'received',
      ['g1', 'g2'].map((group) => received.filter((body) => body.startsWith(group))),
    );
  },
});
