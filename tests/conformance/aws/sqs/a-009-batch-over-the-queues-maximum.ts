import { defineConformance } from '../../define';
import { createQueue, text } from '../steps';

export default defineConformance({
  id: 'A-009',
  title:
    'A queue’s maximum is for each message; a batch may be larger, and tells the digests of bodies and attributes.',
  broker: 'aws',
  compare: { successful: 'M', hasFailed: 'D' },
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools);
    await queue.set({ MaximumMessageSize: '2048' });
    const attributeBytes = 'k'.length + 'String'.length + 'x'.length;
    const { Successful = [], Failed } = await queue.sendBatch([
      { Id: '1', MessageBody: 'a'.repeat(2048 - attributeBytes), MessageAttributes: { k: text('x') } },
      { Id: '2', MessageBody: 'a' },
    ]);
    observe(
      'successful',
      Successful.map(({ Id, MD5OfMessageBody, MD5OfMessageAttributes }) => ({
        Id,
        MD5OfMessageBody,
        MD5OfMessageAttributes,
      })),
    );
    observe('hasFailed', Failed !== undefined);
  },
});
