import { defineConformance } from '../../define';
import { createQueue } from '../steps';

export default defineConformance({
  id: 'A-038',
  title: 'An entry that is too large fails by itself: the call succeeds, and only its lists tell.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createQueue(tools, { MaximumMessageSize: '1024' });
    const {
      Successful = [],
      Failed = [],
      $metadata,
    } = await queue.sendBatch([
      { Id: 'small', MessageBody: 'a'.repeat(1024) },
      { Id: 'large', MessageBody: 'a'.repeat(1025) },
    ]);
    observe('status', $metadata.httpStatusCode);
    observe(
      'successful',
      Successful.map(({ Id, MD5OfMessageBody }) => ({ Id, MD5OfMessageBody })),
    );
    observe('failed', Failed);
  },
});
