import { defineConformance } from '../../define';
import { createFifoQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'S-32',
  title:
    'While a message of a group is in flight nothing else of its group is received, and other groups go on; when it is deleted the next one follows.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createFifoQueue(tools, { ContentBasedDeduplication: 'true' });
    await queue.send('g1-m1', { MessageGroupId: 'g1' });
    await queue.send('g1-m2', { MessageGroupId: 'g1' });
    const [first] = await queue.receive({ MaxNumberOfMessages: 1 });
    observe('first', first.Body);
    observe('locked', bodiesOf(await queue.receive({ WaitTimeSeconds: 1 })));
    await queue.send('g2-m1', { MessageGroupId: 'g2' });
    observe('otherGroup', bodiesOf(await queue.receive({ WaitTimeSeconds: 1, MaxNumberOfMessages: 10 })));
    await queue.delete(first);
    observe('next', bodiesOf(await queue.receive({ WaitTimeSeconds: 1 })));
  },
});
