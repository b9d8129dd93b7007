import { defineConformance } from '../../define';
import { createFifoQueue } from '../steps';
import { createFifoTopic, subscribe, takeAll } from '../topics';

export default defineConformance({
  id: 'A-136',
  title: 'A FIFO topic deduplicates for all its groups, before a queue sees anything.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe, sleep } = tools;
    const topic = await createFifoTopic(tools, { ContentBasedDeduplication: 'true' });
    const queue = await createFifoQueue(tools);
    await subscribe(topic, queue);
    await topic.publish('Test', { MessageGroupId: 'message-group-id-1' });
    await sleep(500);
    await topic.publish('Test', { MessageGroupId: 'message-group-id-2' });
    const [message] = await takeAll(queue, 1, 10);
    const { MessageDeduplicationId, MessageGroupId } = message.Attributes!;
    observe('received', { MessageDeduplicationId, MessageGroupId });
    observe('more', (await takeAll(queue, 1, 1)).length);
  },
});
