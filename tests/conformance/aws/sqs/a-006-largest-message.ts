import { defineConformance } from '../../define';
import { createQueue, text, errorOf } from '../steps';

export default defineConformance({
  id: 'A-006',
  title: 'One byte over a mebibyte, attributes counted, is refused.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    const attributes = { k: text('x') };
    const attributeBytes = 'k'.length + 'String'.length + 'x'.length;
    const body = 'a'.repeat(1_048_576 - attributeBytes + 1);
    observe('error', await errorOf(queue.send(body, { MessageAttributes: attributes })));
  },
});
