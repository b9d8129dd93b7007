import { defineConformance } from '../../define';
import { createFifoQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-305',
  title: 'While messages of a group are hidden, a new one of the group is held back too.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, sleep } = tools;
    const queue = await createFifoQueue(tools, { ContentBasedDeduplication: 'true', VisibilityTimeout: '3' });
    await queue.send('a1', { MessageGroupId: 'a' });
    observe('first', bodiesOf(await queue.receive()));
    await queue.send('a2', { MessageGroupId: 'a' });
    await queue.send('b1', { MessageGroupId: 'b' });
    observe('meanwhile', bodiesOf(await queue.receive({ MaxNumberOfMessages: 10, WaitTimeSeconds: 1 })));
    await sleep(4000);
    const later = bodiesOf(await queue.receive({ MaxNumberOfMessages: 10 }));
    observe(
      'later',
      later.filter((body) => body.startsWith('a')),
    );
  },
});
