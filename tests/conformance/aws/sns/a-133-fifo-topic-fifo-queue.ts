import { defineConformance } from '../../define';
import { createFifoQueue } from '../steps';
import { createFifoTopic, subscribe, envelopeOf, takeAll } from '../topics';

export default defineConformance({
  id: 'A-133',
  title:
    'From a FIFO topic to a FIFO queue: the group is handed on, and the digest of the content is the deduplication id.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createFifoTopic(tools, { ContentBasedDeduplication: 'true' });
    const queue = await createFifoQueue(tools, { ContentBasedDeduplication: 'true' });
    await subscribe(topic, queue);
    await topic.publish('Test', { MessageGroupId: 'message-group-id-1' });
    const [message] = await takeAll(queue, 1, 10);
    const { MessageDeduplicationId, MessageGroupId } = message.Attributes!;
    observe('received', { envelope: envelopeOf(message), MessageDeduplicationId, MessageGroupId });
    await topic.publish('Test', { MessageGroupId: 'message-group-id-1' });
    observe('again', (await takeAll(queue, 1, 1)).length);
  },
});
