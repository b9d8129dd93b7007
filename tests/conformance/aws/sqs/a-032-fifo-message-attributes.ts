import { defineConformance } from '../../define';
import { createFifoQueue } from '../steps';

export default defineConformance({
  id: 'A-032',
  title:
    'What a message of a FIFO queue says of itself: its group, deduplication id and sequence number, which the sender was told; a second receive has a new handle and counts.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const queue = await createFifoQueue(tools, {
      ContentBasedDeduplication: 'true',
      VisibilityTimeout: '0',
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
    });
    const sent = await queue.send('message-body-1', {
      MessageGroupId: 'group-1',
      MessageDeduplicationId: 'dedup-1',
    });
    const { MD5OfMessageBody, MessageId, SequenceNumber } = sent;
    observe('sent', { MD5OfMessageBody, MessageId, SequenceNumber });
    const received = async () => {
      const [message] = await queue.receive({ AttributeNames: ['All'], WaitTimeSeconds: 10 });
      const attributes = message.Attributes!;
      const { ApproximateReceiveCount, MessageDeduplicationId, MessageGroupId } = attributes;
      return {
        ...{ MessageId: message.MessageId, ReceiptHandle: message.ReceiptHandle },
        ...{ Body: message.Body, MD5OfBody: message.MD5OfBody, names: Object.keys(attributes).sort() },
        ...{ ApproximateReceiveCount, MessageDeduplicationId, MessageGroupId },
        SequenceNumber: attributes.SequenceNumber,
      };
    };
    observe('first', await received());
    observe('second', await received());
  },
});
