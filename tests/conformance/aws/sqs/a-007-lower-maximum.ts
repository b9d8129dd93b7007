import { defineConformance } from '../../define';
import { createQueue, text, errorOf } from '../steps';

export default defineConformance({
  id: 'A-007',
  title: 'A queue with a lower maximum takes a body of that size, and attributes count too.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    await queue.set({ MaximumMessageSize: '1024' });
    observe('whole', await errorOf(queue.send('a'.repeat(1024))));
    const attributeBytes = 'k'.length + 'String'.length + 'x'.length;
    const over = 'a'.repeat(1024 - attributeBytes + 1);
    observe('error', await errorOf(queue.send(over, { MessageAttributes: { k: text('x') } })));
  },
});
