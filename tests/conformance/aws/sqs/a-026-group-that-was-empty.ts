import { defineConformance } from '../../define';
import { createFifoQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-026',
  title: 'A message group that has become empty goes on with its next message.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createFifoQueue(tools);
    await queue.send('Message 1', { MessageGroupId: 'g1', MessageDeduplicationId: '1' });
    const first = await queue.receive();
    observe('first', bodiesOf(first));
    await queue.delete(first[0]);
    observe('empty', bodiesOf(await queue.receive({ WaitTimeSeconds: 0 })));
    await queue.send('Message 2', { MessageGroupId: 'g1', MessageDeduplicationId: '2' });
    observe('second', bodiesOf(await queue.receive()));
  },
});
