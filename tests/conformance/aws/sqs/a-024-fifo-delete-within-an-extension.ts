import { defineConformance } from '../../define';
import { createFifoQueue, bodiesOf, errorOf } from '../steps';

export default defineConformance({
  id: 'A-024',
  title: 'A receipt handle of a FIFO queue lives as long as the visibility timeout was extended.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, sleep } = tools;
    const queue = await createFifoQueue(tools, { VisibilityTimeout: '1', ContentBasedDeduplication: 'true' });
    await queue.send('foobar', { MessageGroupId: '1' });
    const [message] = await queue.receive({ WaitTimeSeconds: 5 });
    observe('received', message.Body);
    await queue.changeVisibility(message, 5);
    await sleep(1500);
    observe('delete', await errorOf(queue.delete(message)));
    observe('left', bodiesOf(await queue.receive()));
  },
});
