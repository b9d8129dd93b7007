import { defineConformance } from '../../define';
import { createFifoQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-028',
  title:
    'A message that stays hidden keeps back all behind it in its group: only those before the second are received hidden.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, sleep } = tools;
    const queue = await createFifoQueue(tools, { VisibilityTimeout: '1' });
    for (const body of ['foo', 'bar', 'baz'])
      await queue.send(body, { MessageGroupId: '1', MessageDeduplicationId: body });
    const received = await queue.receive({ MaxNumberOfMessages: 5 });
    observe('all', bodiesOf(received));
    await queue.changeVisibility(received[1], 4);
    await sleep(2500);
    observe('some', bodiesOf(await queue.receive({ MaxNumberOfMessages: 5, WaitTimeSeconds: 0 })));
  },
});
