import { defineConformance } from '../../define';
import { createQueue } from '../steps';
import { createFifoTopic, subscribe, envelopeOf, takeAll } from '../topics';

export default defineConformance({
  id: 'A-131',
  title:
    'A FIFO topic deduplicates by id for a standard queue too; the envelope has a sequence number and no signature.',
  broker: 'aws',
  compare: 'D',
  async run(tools) {
    const { observe } = tools;
    const topic = await createFifoTopic(tools);
    const queue = await createQueue(tools);
    await subscribe(topic, queue);
    const publish = () =>
      topic.publish('Test', {
        MessageGroupId: 'message-group-id-1',
        MessageDeduplicationId: 'message-deduplication-id-1',
      });
    await publish();
    const [message] = await takeAll(queue, 1, 10);
    observe('received', envelopeOf(message));
    observe('names', Object.keys(message.Attributes!).sort());
    await publish();
    observe('again', (await takeAll(queue, 1, 3)).length);
  },
});
