import { defineConformance } from '../../define';
import { createFifoQueue, bodiesOf } from '../steps';

export default defineConformance({
  id: 'A-051',
  title:
    'A message that was sent before, by its deduplication id, does not come again, though the first one was deleted.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createFifoQueue(tools, {});
    const send = () =>
      queue.send('{"foo": "bar"}', { MessageGroupId: 'group-1', MessageDeduplicationId: 'dedup1' });
    await send();
    const received = await queue.receive({ WaitTimeSeconds: 3 });
    observe(
      'first',
      received.map(({ Body, MD5OfBody }) => ({ Body, MD5OfBody })),
    );
    await queue.delete(received[0]);
    await send();
    observe('second', bodiesOf(await queue.receive({ WaitTimeSeconds: 1 })));
  },
});
