import { defineConformance } from '../../define';
import { createFifoQueue } from '../steps';
import { createFifoTopic, subscribe, envelopeOf, takeAll } from '../topics';

export default defineConformance({
  id: 'A-137',
  title:
    'A topic that deduplicates by content makes ids for a queue that does not; single messages and batches count alike.',
  broker: 'aws',
  compare: 'M',
  async run(tools) {
    const { observe } = tools;
    const topic = await createFifoTopic(tools, { ContentBasedDeduplication: 'true' });
    const queue = await createFifoQueue(tools);
    await subscribe(topic, queue);
    const MessageGroupId = 'message-group-id-1';
    for (let round = 0; round < 2; round++) {
      await topic.publish('Test single', { MessageGroupId });
      await topic.publishBatch([{ Id: '1', MessageGroupId, Message: 'Test batched' }]);
    }
    observe(
      'received',
      (await takeAll(queue, 3)).map((message) => ({
        ...{ message: envelopeOf(message).Message, id: message.Attributes!.MessageDeduplicationId },
      })),
    );
  },
});
