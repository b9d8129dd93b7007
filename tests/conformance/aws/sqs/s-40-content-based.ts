import { defineConformance } from '../../define';
import { createFifoQueue, bodiesOf, text } from '../steps';

export default defineConformance({
  id: 'S-40',
  title: 'Content-based deduplication looks at the body and not at the attributes.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createFifoQueue(tools, { ContentBasedDeduplication: 'true' });
    for (const value of ['one', 'two'])
      await queue.send('order', { MessageGroupId: 'g', MessageAttributes: { attribute: text(value) } });
    await queue.send('another order', { MessageGroupId: 'g' });
    observe('received', bodiesOf(await queue.receive({ MaxNumberOfMessages: 10 })));
  },
});
