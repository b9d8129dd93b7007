import { defineConformance } from '../../define';
import { createQueue, text, errorOf } from '../steps';

export default defineConformance({
  id: 'A-008',
  title: 'All messages of a batch together are at most one mebibyte.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    const attributeBytes = 'k'.length + 'String'.length + 'x'.length;
    const batch = queue.sendBatch([
      { Id: '1', MessageBody: 'a'.repeat(1_048_576 - attributeBytes), MessageAttributes: { k: text('x') } },
      { Id: '2', MessageBody: 'a' },
    ]);
    observe('error', await errorOf(batch));
  },
});
