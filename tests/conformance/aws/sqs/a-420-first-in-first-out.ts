import { defineConformance } from '../../define';
import { createFifoQueue } from '../steps';

export default defineConformance({
  id: 'A-420',
  title:
    'One after the other, each deleted before the next: a group’s messages come in the order of sending, with their digests.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createFifoQueue(tools);
    const sent = [];
    for (let number = 0; number < 4; number++)
      sent.push(
        await queue.send(`message${number}`, {
          MessageGroupId: 'g',
          MessageDeduplicationId: `deduplication${number}`,
        }),
      );
    for (const { MessageId, MD5OfMessageBody } of sent) {
      const [message] = await queue.receive();
      observe('received', {
        body: message.Body,
        same: message.MessageId === MessageId && message.MD5OfBody === MD5OfMessageBody,
      });
      await queue.delete(message);
    }
  },
});
